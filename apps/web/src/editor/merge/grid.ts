import { attributeOf, childrenOf, type StorageElement } from '@tributary/storage-format';

const spanOf = (cell: StorageElement, name: string): number =>
  Math.max(1, Math.trunc(Number(attributeOf(cell, name))) || 1);
const cellsOf = (row: StorageElement): StorageElement[] =>
  childrenOf(row).filter(({ name }) => name === 'td' || name === 'th');

/**
 * What must be the same in two tables so that rows of one fit between rows of the other: how many columns there are; where cells reach over
 * several rows, all of their places. Empty for what is no table and no part of one.
 */
export function gridOf(element: StorageElement): string {
  const rows = rowsOf(element);
  if (!rows) return '';
  const spans = rows.map((row) =>
    cellsOf(row).map((cell) => [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')] as const),
  );
  if (spans.some((cells) => cells.some(([, height]) => height > 1))) return `spanned ${JSON.stringify(spans)}`;
  return String(Math.max(0, ...spans.map((cells) => cells.reduce((sum, [width]) => sum + width, 0))));
}

const sections = ['thead', 'tbody', 'tfoot'];

function rowsOf(element: StorageElement): StorageElement[] | undefined {
  if (sections.includes(element.name)) return childrenOf(element, 'tr');
  return element.name === 'table'
    ? childrenOf(element)
        .filter(({ name }) => sections.includes(name))
        .flatMap((section) => childrenOf(section, 'tr'))
    : undefined;
}
