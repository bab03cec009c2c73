import type { EditorState } from 'prosemirror-state';

/** Signs that ask for something to be put in: a block or a macro, an emoji, a person. */
export type Sign = '/' | ':' | '@';

/** Words behind a sign that the writer has just typed, and where they stand. */
export interface TypedWords {
  readonly sign: Sign;
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

// Japanese has no spaces before what begins; an address and a time of day have characters of a word there.
const patterns: Readonly<Record<Sign, RegExp>> = {
  '/': /(?:^|[\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー、。，．！？」』）])[/／]([^\s/／]{0,20})$/u,
  ':': /(?:^|[^\w:/])[:]([\p{L}+-][\p{L}\d_+-]{0,20})$/u,
  '@': /(?:^|[^\w@＠/])[@＠]([^\s@＠]{0,30})$/u,
};
const signs = Object.keys(patterns) as Sign[];

/** What is typed behind a sign, at the cursor. */
export function typedWords({ selection: { $from, empty } }: EditorState): TypedWords | undefined {
  const { parent } = $from;
  if (!empty || !parent.isTextblock || parent.type.spec.code) return undefined;
  const before = parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
  for (const sign of signs) {
    const words = patterns[sign].exec(before)?.[1];
    if (words === undefined) continue;
    // Who writes Japanese has full-width letters at hand.
    const sought = sign === '/' ? words.normalize('NFKC') : words;
    return { sign, words: sought.toLowerCase(), from: $from.pos - words.length - 1, to: $from.pos };
  }
  return undefined;
}
