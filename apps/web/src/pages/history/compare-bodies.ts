import { diffArrays, diffWordsWithSpace } from 'diff';

/** A part of a page that stands by itself: a paragraph, a row of a table, a line of code. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'item' | 'row' | 'code';
  readonly text: string;
}

/** A piece of a block's text. */
export interface Piece {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

/** A block as both versions have it, or one of them. */
export interface Change {
  readonly kind: Block['kind'];
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  readonly pieces: readonly Piece[];
}

/** Blocks with less of their text in common than this are two, one removed and one added. */
const commonShareMin = 0.4;
const editsMax = 5_000;

const keyOf = (block: Block): string => `${block.kind} ${block.text}`;

/** What was added, removed and changed from one version's blocks to another's, in the order of reading. */
export function compareBlocks(before: readonly Block[], after: readonly Block[], language: string): Change[] {
  const parts = diffArrays(before.map(keyOf), after.map(keyOf), { maxEditLength: editsMax });
  const words = new Intl.Segmenter(language, { granularity: 'word' });
  // Versions without anything in common: all of one, then all of the other.
  if (!parts)
    return [...before.map((block) => whole(block, 'removed')), ...after.map((block) => whole(block, 'added'))];
  const changes: Change[] = [];
  let [atBefore, atAfter] = [0, 0];
  let removed: Block[] = [];
  for (const part of parts) {
    if (part.removed) {
      removed.push(...before.slice(atBefore, (atBefore += part.value.length)));
      continue;
    }
    const blocks = after.slice(atAfter, (atAfter += part.value.length));
    if (part.added) {
      changes.push(...replaced(removed, blocks, words));
      removed = [];
      continue;
    }
    atBefore += part.value.length;
    changes.push(...removed.map((block) => whole(block, 'removed')), ...blocks.map((block) => whole(block, 'same')));
    removed = [];
  }
  return [...changes, ...removed.map((block) => whole(block, 'removed'))];
}

const whole = ({ kind, text }: Block, change: Piece['change']): Change => ({
  kind,
  change,
  pieces: [{ text, change }],
});

/** Blocks in the place of others: those of the same kind that have words in common are one that was changed. */
function replaced(removed: readonly Block[], added: readonly Block[], words: Intl.Segmenter): Change[] {
  const changes: Change[] = [];
  const left = [...removed];
  for (const block of added) {
    const at = left.findIndex((old) => old.kind === block.kind);
    const old = left[at];
    const change = old && changed(old, block, words);
    if (!change) {
      changes.push(whole(block, 'added'));
      continue;
    }
    changes.push(
      ...left
        .splice(0, at + 1)
        .slice(0, -1)
        .map((each) => whole(each, 'removed')),
      change,
    );
  }
  return [...left.map((block) => whole(block, 'removed')), ...changes];
}

function changed(before: Block, after: Block, words: Intl.Segmenter): Change | undefined {
  const parts = diffWordsWithSpace(before.text, after.text, { intlSegmenter: words, maxEditLength: editsMax });
  if (!parts) return undefined;
  const pieces = parts.map(({ value, added, removed }): Piece => {
    if (added) return { text: value, change: 'added' };
    return { text: value, change: removed ? 'removed' : 'same' };
  });
  const common = pieces.reduce((sum, { text, change }) => sum + (change === 'same' ? text.trim().length : 0), 0);
  if (common < commonShareMin * Math.min(before.text.length, after.text.length)) return undefined;
  return { kind: after.kind, change: 'changed', pieces };
}
