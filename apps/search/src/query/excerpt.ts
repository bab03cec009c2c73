import type { CheckedClause, CheckedQuery, TextPart } from '@tributary/cql';

/** Marks around what was found, as Confluence's clients expect them. */
const highlightStart = '@@@hl@@@';
const highlightEnd = '@@@endhl@@@';

/** An excerpt's length, and how much of it stands before the first thing found, in characters. */
const excerptLength = 300;
const lengthBefore = 80;

const word = String.raw`[\p{L}\p{N}_]`;
/** Scripts that write without spaces: what is sought there is found inside of longer runs. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

const whole = (pattern: string, text: string): string =>
  unspaced.test(text) ? pattern : `(?<!${word})${pattern}(?!${word})`;

/** One part of a text query as a regular expression. */
function patternOf(part: TextPart): string {
  switch (part.kind) {
    case 'word':
      return whole(literal(part.text), part.text);
    case 'phrase':
      // Words that may stand apart are marked one by one.
      return part.distance > 0
        ? part.words.map((each) => whole(literal(each), each)).join('|')
        : whole(part.words.map(literal).join(String.raw`[^\p{L}\p{N}]+`), part.words[0] ?? '');
    case 'wildcard':
      return whole(part.pattern.split('*').map(questions).join(`${word}*`), '');
    case 'fuzzy': {
      const characters = Array.from(part.text);
      const kept = Math.max(2, Math.ceil(characters.length * part.similarity));
      return whole(`${literal(characters.slice(0, kept).join(''))}${word}*`, '');
    }
  }
}

const questions = (text: string): string => text.split('?').map(literal).join(word);

function partsIn(clause: CheckedClause): TextPart[] {
  if (clause.kind === 'text') return clause.negated ? [] : [...clause.query];
  if (clause.kind === 'and' || clause.kind === 'or') return clause.clauses.flatMap(partsIn);
  return [];
}

/** What a query looks for in texts; undefined when it doesn't look into them. */
export function soughtIn(query: CheckedQuery): RegExp | undefined {
  const parts = query.where ? partsIn(query.where) : [];
  return parts.length > 0 ? new RegExp(parts.map(patternOf).join('|'), 'giu') : undefined;
}

/** A text with marks around everything that was sought. */
export const highlight = (text: string, sought: RegExp | undefined): string =>
  sought ? text.replaceAll(sought, (found) => (found === '' ? '' : `${highlightStart}${found}${highlightEnd}`)) : text;

/** The part of a text around the first thing that was sought, or its beginning; cut between words where there are any. */
export function excerptOf(text: string, sought: RegExp | undefined): string {
  const at = sought ? text.search(new RegExp(sought.source, 'iu')) : 0;
  const earliest = Math.max(0, at - lengthBefore);
  const from = earliest === 0 ? 0 : startOfWord(text, earliest, at);
  const to = Math.min(text.length, from + excerptLength);
  return text.slice(from, to === text.length ? to : endOfWord(text, to)).trim();
}

function startOfWord(text: string, from: number, atMost: number): number {
  const space = text.slice(from, atMost).search(/\s/);
  return whole16(text, space < 0 ? from : from + space + 1);
}

/** The last space before, unless that is far: text without spaces is cut anywhere. */
function endOfWord(text: string, to: number): number {
  const space = text.lastIndexOf(' ', to);
  return whole16(text, space > to - lengthBefore ? space : to);
}

/** Not between the two halves of one character. */
const whole16 = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at);
