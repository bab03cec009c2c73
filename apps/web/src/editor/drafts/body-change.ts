import { sharedEnds } from '@tributary/editor-document';

/** What stands in the place of all but the first `start` and the last `end` characters of a text. */
export interface BodyChange {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** A body, with the pieces that an editor has put together: those that nobody changed are the same strings as before. */
export interface Body {
  readonly body: string;
  readonly pieces?: readonly string[] | undefined;
}

/** What an editor has written: putting a long body together costs as much as all of it, so that is done when it is asked for. */
export function bodyOfPieces(pieces: readonly string[]): Body {
  let body: string | undefined;
  return {
    pieces,
    get body() {
      return (body ??= pieces.join(''));
    },
  };
}

const lengthOf = (pieces: readonly string[]): number => pieces.reduce((length, piece) => length + piece.length, 0);

/** Whether it is that text; most are told apart by their length. */
export const isBody = (written: Body, text: string): boolean =>
  (written.pieces ? lengthOf(written.pieces) : written.body.length) === text.length && written.body === text;

/** How many of the first `most` lengths two texts agree in, by halves: engines compare slices far faster than any loop does characters. */
function agreement(most: number, agrees: (from: number, to: number) => boolean): number {
  let [known, end] = [0, most];
  while (known < end) {
    const middle = Math.ceil((known + end) / 2);
    if (agrees(known, middle)) known = middle;
    else end = middle - 1;
  }
  return known;
}

function changeOfText(before: string, after: string): BodyChange {
  const shorter = Math.min(before.length, after.length);
  const start = agreement(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const backwards = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from);
  const end = agreement(shorter - start, (from, to) => backwards(before, from, to) === backwards(after, from, to));
  return { start, end, value: after.slice(start, after.length - end) };
}

/** The shortest single change that makes one body of another, but for what two neighbouring pieces have in common. */
export function changeBetween(before: Body, after: Body): BodyChange {
  if (!before.pieces || !after.pieces) return changeOfText(before.body, after.body);
  const { start, end } = sharedEnds(before.pieces, after.pieces);
  const changed = (pieces: readonly string[]) => pieces.slice(start, pieces.length - end).join('');
  const inside = changeOfText(changed(before.pieces), changed(after.pieces));
  return {
    start: lengthOf(after.pieces.slice(0, start)) + inside.start,
    end: lengthOf(after.pieces.slice(after.pieces.length - end)) + inside.end,
    value: inside.value,
  };
}
