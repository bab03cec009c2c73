import { element, elementAround, macro, text } from '../builder.js';
import type { StorageNode } from '../document.js';
import { imageOf, linkOf } from './links.js';
import { parametersOf } from './macro-at.js';

/** Signs around a phrase, by the element that it becomes. */
const phrases: readonly (readonly [string, string])[] = [
  ['??', 'cite'],
  ['*', 'strong'],
  ['_', 'em'],
  ['+', 'u'],
  ['-', 's'],
  ['^', 'sup'],
  ['~', 'sub'],
];

const emoticons: readonly (readonly [string, string])[] = [
  [':)', 'smile'],
  [':(', 'sad'],
  [':P', 'cheeky'],
  [':D', 'laugh'],
  [';)', 'wink'],
  ['(y)', 'thumbs-up'],
  ['(n)', 'thumbs-down'],
  ['(i)', 'information'],
  ['(/)', 'tick'],
  ['(x)', 'cross'],
  ['(!)', 'warning'],
  ['(+)', 'plus'],
  ['(-)', 'minus'],
  ['(?)', 'question'],
  ['(on)', 'light-on'],
  ['(off)', 'light-off'],
  ['(*)', 'yellow-star'],
];

const depthMax = 30;
/** Signs that are farther apart don't belong together: without a bound, signs that nothing closes are looked for in the whole text, each. */
const wordsMax = 1_000;

/** What stands at a place: its nodes, and how many characters they were. */
type Found = readonly [nodes: readonly StorageNode[], length: number] | undefined;
type Rule = (markup: string, at: number, depth: number) => Found;

const matcher =
  (pattern: RegExp, make: (groups: readonly string[], depth: number) => readonly StorageNode[] | undefined): Rule =>
  (markup, at, depth) => {
    pattern.lastIndex = at;
    const found = pattern.exec(markup);
    if (found === null) return undefined;
    // A group that took no part is empty.
    const groups = Array.from<string | undefined, string>(found, (group) => group ?? '');
    const nodes = make(groups, depth);
    return nodes && [nodes, found[0].length];
  };

/** Only these begin anything; all other characters are text. */
const special = /[\\{[!*_+\-^~?:;(h\n]/g;

const rules: readonly Rule[] = [
  matcher(/\\\\[ \t]*\n?/y, () => [element('br')]),
  matcher(/\\([^\w\s\\])/y, ([, sign = '']) => [text(sign)]),
  matcher(/\n/y, () => [element('br')]),
  matcher(/\{\{(.{1,2000}?)\}\}/sy, ([, words = '']) => [
    element('code', {}, text(words.replace(/\\([^\w\s])/g, '$1'))),
  ]),
  matcher(/\{color:(#?\w+)\}(.{0,10000}?)\{color\}/sy, ([, colour = '', words = ''], depth) => [
    element('span', { style: `color: ${colour};` }, ...inlineOf(words, depth + 1)),
  ]),
  matcher(/\{(status|anchor)(?::([^{}\n]*))?\}/y, ([, name = '', written = '']) => [
    macro(name, Object.fromEntries(parametersOf(written))),
  ]),
  matcher(/\[([^\]\n]{1,2000})\]/y, ([, written = ''], depth) =>
    linkOf(written, (words) => inlineOf(words, depth + 1)),
  ),
  matcher(/!([^!\s|][^!\n|]*?)(\|[^!\n]*)?!/y, ([, name = '', written = '']) => imageOf(name, written)),
  (markup, at) => {
    const known = before(markup, at) ? emoticons.find(([signs]) => markup.startsWith(signs, at)) : undefined;
    return known && [[element('ac:emoticon', { 'ac:name': known[1] })], known[0].length];
  },
  (markup, at) => (/[\w/]/.test(markup[at - 1] ?? '') ? undefined : address(markup, at, 0)),
  matcher(/---(?=\s|$)/y, () => [text('—')]),
  matcher(/--(?=\s|$)/y, () => [text('–')]),
  phrase,
];

const address = matcher(/https?:\/\/[^\s|{}[\]<>"]*[^\s|{}[\]<>".,;:!?)]/y, ([href = '']) => [
  element('a', { href }, text(href)),
]);

/** Emoticons stand behind a space, so that `f(x)` is none. */
const before = (markup: string, at: number): boolean => at === 0 || /[\s>]/.test(markup[at - 1] ?? '');

/** Words between the same signs, which stand at the words' ends and not inside of others. */
function phrase(markup: string, at: number, depth: number): Found {
  const known = phrases.find(([signs]) => markup.startsWith(signs, at));
  if (known === undefined || depth > depthMax || /[\p{L}\p{N}\\]/u.test(markup[at - 1] ?? '')) return undefined;
  const [signs, name] = known;
  const start = at + signs.length;
  if (/[\s]|^$/.test(markup[start] ?? '') || markup.startsWith(signs, start)) return undefined;
  const within = markup.slice(start, start + wordsMax);
  const limit = /\n\s*\n/.exec(within)?.index ?? within.length;
  for (let end = within.indexOf(signs, 1); end > 0 && end < limit; end = within.indexOf(signs, end + 1)) {
    if (/[\s\\]/.test(within[end - 1] ?? '') || /[\p{L}\p{N}]/u.test(markup[start + end + signs.length] ?? ''))
      continue;
    return [[elementAround(name, inlineOf(within.slice(0, end), depth + 1))], start + end + signs.length - at];
  }
  return undefined;
}

/** What a line of wiki markup says; a line end in it is a line break. */
export function inlineOf(markup: string, depth = 0): StorageNode[] {
  const nodes: StorageNode[] = [];
  let plain = '';
  for (let at = 0; at < markup.length;) {
    special.lastIndex = at;
    const next = depth > depthMax ? markup.length : (special.exec(markup)?.index ?? markup.length);
    plain += markup.slice(at, next);
    at = next;
    if (at === markup.length) break;
    const found = foundAt(markup, at, depth);
    if (found === undefined) {
      plain += markup[at];
      at += 1;
      continue;
    }
    if (plain !== '') nodes.push(text(plain));
    plain = '';
    nodes.push(...found[0]);
    at += found[1];
  }
  if (plain !== '') nodes.push(text(plain));
  return nodes;
}

function foundAt(markup: string, at: number, depth: number): Found {
  for (const rule of rules) {
    const found = rule(markup, at, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}
