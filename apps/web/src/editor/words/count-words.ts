import type { Node } from 'prosemirror-model';

export interface Count {
  readonly words: number;
  /** As people see them: an emoji is one, a space none. */
  readonly characters: number;
  /** Of these, those of scripts that don't put spaces between words. */
  readonly unspaced: number;
}

const none: Count = { words: 0, characters: 0, unspaced: 0 };
const add = (one: Count, other: Count): Count => ({
  words: one.words + other.words,
  characters: one.characters + other.characters,
  unspaced: one.unspaced + other.unspaced,
});

const wordsIn = new Intl.Segmenter(undefined, { granularity: 'word' });
const charactersIn = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]/gu;
/** Each of these is one character to everybody, which is known without looking closer. */
const simple = /^[\u0000-\u007e]*$/;

/** Counts the words and characters of a text. */
export function countText(text: string): Count {
  const words = simple.test(text)
    ? (text.match(/[\w'-]*\w[\w'-]*/g)?.length ?? 0)
    : [...wordsIn.segment(text)].filter(({ isWordLike }) => isWordLike).length;
  const visible = text.replace(/\s+/g, '');
  const characters = simple.test(visible) ? visible.length : [...charactersIn.segment(visible)].length;
  return { words, characters, unspaced: text.match(unspacedScript)?.length ?? 0 };
}

const known = new WeakMap<Node, Count>();

/** Counts a document; blocks that were counted before and haven't changed cost nothing. */
export function countWords(node: Node): Count {
  const before = known.get(node);
  if (before !== undefined) return before;
  const count = node.isTextblock
    ? countText(node.textBetween(0, node.content.size, ' ', ' '))
    : node.children.map(countWords).reduce(add, none);
  if (!node.isText) known.set(node, count);
  return count;
}

/** Whether a text is measured in characters, as Japanese is, and not in words. */
export const countsCharacters = ({ characters, unspaced }: Count): boolean => unspaced * 3 > characters;
