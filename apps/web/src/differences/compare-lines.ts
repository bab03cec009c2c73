import { diffWordsWithSpace } from 'diff';
import type { Note, Piece } from './change';
import { formChanges } from './forms';
import type { Run } from './inline-text';
import { meaningOfNodes } from './meaning';

/** Lines with less of their text in common than this are two, one removed and one added. */
const commonShareMin = 0.4;
const editsMax = 5_000;

export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

/** What became of a line's words; undefined where it has become another line. */
export function comparedWords(before: string, after: string, words: Intl.Segmenter): Piece[] | undefined {
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: words, maxEditLength: editsMax });
  if (!parts) return undefined;
  const pieces = parts.map(({ value, added, removed }): Piece => {
    if (added) return { text: value, change: 'added' };
    return { text: value, change: removed ? 'removed' : 'same' };
  });
  const common = pieces.reduce((sum, { text, change }) => sum + (change === 'same' ? text.trim().length : 0), 0);
  return common < commonShareMin * Math.min(before.trim().length, after.trim().length) ? undefined : pieces;
}

/** What changed of how the words look that stayed, where they lead to, and of what stands among them. */
export function comparedForms(before: readonly Run[], after: readonly Run[], pieces: readonly Piece[]): Note[] {
  const [olds, nows] = [before.flatMap(perCharacter), after.flatMap(perCharacter)];
  const stretches: Stretch[] = [];
  let [old, now] = [0, 0];
  for (const { text, change } of pieces) {
    if (change === 'same')
      stretches.push(...stretchesOf(text, olds.slice(old, old + text.length), nows.slice(now, now + text.length)));
    if (change !== 'added') old += text.length;
    if (change !== 'removed') now += text.length;
  }
  const notes = new Map(stretches.flatMap(notesOf).map((note) => [JSON.stringify(note), note]));
  return [...notes.values()];
}

const perCharacter = (run: Run): Run[] => Array.from({ length: run.text.length }, () => run);

/** Characters that stayed, with what they were and are in. */
interface Stretch {
  readonly text: string;
  readonly before: Run;
  readonly after: Run;
}

function stretchesOf(text: string, olds: readonly Run[], nows: readonly Run[]): Stretch[] {
  const found: Stretch[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const [before, after] = [olds[index], nows[index]];
    if (!before || !after) continue;
    const last = found.at(-1);
    const letter = text.charAt(index);
    if (last && last.before === before && last.after === after)
      found[found.length - 1] = { ...last, text: last.text + letter };
    else found.push({ text: letter, before, after });
  }
  return found;
}

function notesOf({ text, before, after }: Stretch): Note[] {
  const notes: Note[] = [];
  const words = text.trim();
  const isOneThing = before.atom && after.atom && before.text === after.text;
  if (isOneThing && meaningOfNodes([before.atom]) !== meaningOfNodes([after.atom]))
    notes.push(...formChanges(before.atom, after.atom));
  if (before.link !== after.link) notes.push(linkNote(words, before.link, after.link));
  // Nothing is seen of bold white space.
  if (words !== '' && marksOf(before) !== marksOf(after)) notes.push({ form: 'formatting', values: { words } });
  return notes;
}

const marksOf = ({ marks }: Run): string => marks.toSorted().join('\n');

function linkNote(words: string, before: string | undefined, after: string | undefined): Note {
  if (before === undefined) return { form: 'linkAdded', values: { words, after: after ?? '' } };
  if (after === undefined) return { form: 'linkRemoved', values: { words, before } };
  return { form: 'link', values: { words, before, after } };
}
