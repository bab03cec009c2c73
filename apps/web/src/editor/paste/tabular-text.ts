import { element, type StorageNode } from '@tributary/storage-format';

const rowsMax = 2_000;

/** The table of a text whose cells lie between tabulators; a cell in quotation marks may have several lines. */
export function storageOfTable(text: string): StorageNode[] {
  const rows = cellsOf(text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')).slice(0, rowsMax);
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, ...blocksOf(cell)))));
  return [element('table', {}, element('tbody', {}, ...body))];
}

const blocksOf = (cell: string): StorageNode[] =>
  cell
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => element('p', {}, line.trim()));

function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end === '\n') rows.push([]);
  }
  return rows;
}
