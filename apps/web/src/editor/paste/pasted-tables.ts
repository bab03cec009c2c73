import { element, type StorageElement, type StorageNode } from '@tributary/storage-format';
import { attribute, isElement, style, type HtmlElement, type HtmlNode } from './html-tree';

type Blocks = (nodes: readonly HtmlNode[]) => StorageNode[];

/** A spreadsheet's whole column is a million rows; nobody means that on a page. */
const rowsMax = 2_000;
const spanMax = 100;

function rowsOf(table: HtmlElement): HtmlElement[] {
  return table.children.filter(isElement).flatMap((child) => {
    if (child.name === 'tr') return [child];
    return ['thead', 'tbody', 'tfoot'].includes(child.name) ? rowsOf(child) : [];
  });
}

const cellsOf = (row: HtmlElement): HtmlElement[] =>
  row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th');
const isHidden = (node: HtmlElement): boolean => style(node, 'display') === 'none';

/** A table of HTML: its caption as a paragraph, its rows without sizes, colours and hidden ones. One cell alone is no table. */
export function tableOf(table: HtmlElement, blocks: Blocks): StorageNode[] {
  const rows = rowsOf(table)
    .filter((row) => !isHidden(row) && cellsOf(row).length > 0)
    .slice(0, rowsMax);
  const cells = rows.flatMap(cellsOf);
  const caption = table.children.filter(isElement).filter(({ name }) => name === 'caption');
  const above = blocks(caption.flatMap(({ children }) => children));
  if (attribute(table, 'role') === 'presentation' || cells.length <= 1)
    return [...above, ...cells.flatMap(({ children }) => blocks(children))];
  const body = rows.map((row) => element('tr', {}, ...cellsOf(row).map((cell) => cellOf(cell, blocks))));
  return [...above, element('table', {}, element('tbody', {}, ...body))];
}

function cellOf(cell: HtmlElement, blocks: Blocks): StorageElement {
  const spans = (['colspan', 'rowspan'] as const).flatMap((name) => {
    const span = Math.min(spanMax, Math.trunc(Number(attribute(cell, name))));
    return span > 1 ? [[name, String(span)]] : [];
  });
  const isStrong = cell.name === 'td' && /^(?:bold|[6-9]00)/.test(style(cell, 'font-weight'));
  const inside = isStrong ? [{ name: 'b', attributes: {}, children: cell.children }] : cell.children;
  return element(cell.name, Object.fromEntries(spans) as Record<string, string>, ...blocks(inside));
}
