import { element, elementAround } from '../builder.js';
import type { StorageElement, StorageNode } from '../document.js';
import { inlineOf } from './inline.js';

const heading = /^\s*h([1-6])\.\s+(.*)$/;
const quote = /^\s*bq\.\s+(.*)$/;
const rule = /^\s*-{4,}\s*$/;
const item = /^\s*([*#-]+)\s+(.*)$/;
const row = /^\s*\|/;
const blank = /^\s*$/;
const listDepthMax = 20;

/** The blocks of lines that have no macro of several lines among them. */
export function linesOf(markup: string): StorageNode[] {
  const lines = markup.split('\n');
  const blocks: StorageNode[][] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const single = singleOf(line);
    if (single !== undefined || blank.test(line)) {
      if (single !== undefined) blocks.push([single]);
      at += 1;
      continue;
    }
    const goesOn = [item, row].find((each) => each.test(line));
    const taken = runFrom(lines, at, (next) => !startsOther(next, goesOn));
    if (goesOn === item) blocks.push(listsOf(taken));
    else if (goesOn === row) blocks.push([tableOf(taken)]);
    else blocks.push([elementAround('p', inlineOf(taken.map((each) => each.trim()).join('\n')))]);
    at += taken.length;
  }
  return blocks.flat();
}

function singleOf(line: string): StorageElement | undefined {
  const [, level, title = ''] = heading.exec(line) ?? [];
  if (level !== undefined) return elementAround(`h${level}`, inlineOf(title.trim()));
  const quoted = quote.exec(line)?.[1];
  if (quoted !== undefined) return element('blockquote', {}, elementAround('p', inlineOf(quoted.trim())));
  return rule.test(line) ? element('hr') : undefined;
}

/** Whether a line begins something else than what goes on by lines that match; text goes on by lines that begin nothing. */
const startsOther = (line: string, goesOn: RegExp | undefined): boolean =>
  !goesOn?.test(line) && [item, row, heading, quote, rule].some((each) => each.test(line));

/** The lines from a place to an empty one or one that doesn't belong; the first always does. */
function runFrom(lines: readonly string[], from: number, belongs: (line: string) => boolean): string[] {
  let end = from + 1;
  for (let next = lines[end]; next !== undefined && !blank.test(next) && belongs(next); next = lines[end]) end += 1;
  return lines.slice(from, end);
}

interface Item {
  readonly signs: string;
  readonly lines: string[];
}

function listsOf(lines: readonly string[]): StorageElement[] {
  const items: Item[] = [];
  for (const line of lines) {
    const [, signs, words = ''] = item.exec(line) ?? [];
    if (signs === undefined) items.at(-1)?.lines.push(line.trim());
    else items.push({ signs: signs.slice(0, listDepthMax), lines: [words.trim()] });
  }
  return levelOf(items, 1);
}

/** The lists of items that are at least that deep. */
function levelOf(items: readonly Item[], depth: number): StorageElement[] {
  const lists: { name: string; entries: StorageNode[][] }[] = [];
  for (let at = 0; at < items.length;) {
    const current = items[at];
    if (current === undefined) break;
    let end = at;
    while ((items[end]?.signs.length ?? 0) > depth) end += 1;
    const name = current.signs[depth - 1] === '#' ? 'ol' : 'ul';
    const list = lists.at(-1)?.name === name || end > at ? lists.at(-1) : undefined;
    const known = list ?? { name, entries: [] };
    if (list === undefined) lists.push(known);
    if (end > at) {
      const below = levelOf(items.slice(at, end), depth + 1);
      const entry = known.entries.at(-1);
      if (entry === undefined) known.entries.push(below);
      else for (const each of below) entry.push(each);
      at = end;
    } else {
      known.entries.push([elementAround('p', inlineOf(current.lines.join('\n')))]);
      at += 1;
    }
  }
  return lists.map(({ name, entries }) =>
    elementAround(
      name,
      entries.map((entry) => elementAround('li', entry)),
    ),
  );
}

/** Rows of cells; a line without a bar in front goes on with the cell above it. */
function tableOf(lines: readonly string[]): StorageElement {
  const rows: string[] = [];
  for (const line of lines) {
    if (row.test(line)) rows.push(line.trim());
    else rows.push(`${rows.pop() ?? ''}\n${line.trim()}`);
  }
  const body = rows.map((each) => elementAround('tr', cellsOf(each)));
  return element('table', {}, elementAround('tbody', body));
}

/** A bar outside of links, pictures and monospaced text; two of them begin a heading. */
const cellStart = /(\|\|?)((?:\\.|\[[^\]\n]{0,2000}\]|\{\{.{0,2000}?\}\}|![^!|\s][^!\n]*!|\{[^{}\n]*\}|[^|])*)/gs;

function cellsOf(written: string): StorageElement[] {
  const cells = [...written.matchAll(cellStart)].map(([, bars, words = '']) => ({ bars, words: words.trim() }));
  // The bar that closes the row begins no cell.
  if (cells.length > 1 && cells.at(-1)?.words === '') cells.pop();
  return cells.map(({ bars, words }) => {
    const blocks = item.test(words) ? linesOf(words) : words === '' ? [] : [elementAround('p', inlineOf(words))];
    return elementAround(bars === '||' ? 'th' : 'td', blocks);
  });
}
