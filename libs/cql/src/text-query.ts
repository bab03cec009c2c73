import { CqlError } from './errors.js';

/** One part of a text query: all parts must be found. */
export type TextPart =
  | { readonly kind: 'word'; readonly text: string }
  /** Words beside each other, or at most `distance` words apart. */
  | { readonly kind: 'phrase'; readonly words: readonly string[]; readonly distance: number }
  /** `*` any characters, `?` one. */
  | { readonly kind: 'wildcard'; readonly pattern: string }
  /** Words that are similar: 1 is the same. */
  | { readonly kind: 'fuzzy'; readonly text: string; readonly similarity: number };

export type TextQuery = readonly TextPart[];

/** Parts of one text query at most. */
const partsMax = 50;
const similarityDefault = 0.5;
const partForm = /"([^"]*)"(?:~(\d+))?|(\S+)/g;

/** Reads the value of `~`: words are ANDed, `"phrase"`, `*` and `?` wildcards, `word~0.8` fuzzy, `"a b"~5` proximity. */
export function parseTextQuery(text: string, position = 1): TextQuery {
  const parts: TextPart[] = [];
  for (const [, phrase, distance, word] of text.matchAll(partForm)) {
    if (parts.length >= partsMax)
      throw new CqlError(`a text has more than ${partsMax} words`, text.slice(0, 30), position);
    if (phrase !== undefined) addPhrase(parts, phrase, Number(distance ?? 0));
    else if (word) addWord(parts, word);
  }
  if (parts.length === 0) throw new CqlError('a text to search for is expected', text, position);
  return parts;
}

function addPhrase(parts: TextPart[], phrase: string, distance: number): void {
  const words = phrase.split(/\s+/).filter((each) => each !== '');
  if (words.length > 0) parts.push({ kind: 'phrase', words, distance });
}

function addWord(parts: TextPart[], word: string): void {
  if (/^(AND|OR|NOT)$/.test(word)) return;
  const fuzzy = /^(.+?)~(0?\.\d+|1|0)?$/.exec(word);
  if (fuzzy?.[1]) parts.push({ kind: 'fuzzy', text: fuzzy[1], similarity: Number(fuzzy[2] ?? similarityDefault) });
  else if (/[*?]/.test(word)) parts.push({ kind: 'wildcard', pattern: word });
  else parts.push({ kind: 'word', text: word });
}
