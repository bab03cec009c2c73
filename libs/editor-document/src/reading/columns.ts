import { withAttribute } from '../frame.js';
import { attributeOf, childrenOf, element, type StorageElement, type StorageNode } from '@tributary/storage-format';

/** A column's width in pixels; null for one that is as wide as its text. */
export type ColumnWidth = number | null;

interface Spans {
  readonly colspan: number;
  readonly rowspan: number;
}

/** As browsers have it; a body may say any number. */
export const colspanMax = 1_000;

/** The column that each cell of some rows begins at, and how many columns there are. */
export function placesOf(rows: readonly (readonly Spans[])[]): { readonly starts: number[][]; readonly count: number } {
  /** By column, for how many rows a cell above reaches into it. */
  const taken: number[] = [];
  const starts = rows.map((cells) => {
    let column = 0;
    const placed = cells.map(({ colspan, rowspan }) => {
      while ((taken[column] ?? 0) > 0) column += 1;
      const start = column;
      for (const end = start + Math.min(colspan, colspanMax); column < end; column += 1) taken[column] = rowspan;
      return start;
    });
    for (const [index, left] of taken.entries()) taken[index] = Math.max(0, (left ?? 0) - 1);
    return placed;
  });
  return { starts, count: taken.length };
}

const pixels = /(?:^|;)\s*width:\s*([\d.]+)px/;
const pixelsOf = (col: StorageElement): ColumnWidth => {
  const width = Math.round(Number(pixels.exec(attributeOf(col, 'style') ?? '')?.[1] ?? attributeOf(col, 'width')));
  return width > 0 ? width : null;
};

/** What a table's `colgroup` says of its columns; nothing where it says it in a way that isn't understood. */
export function writtenWidths(table: StorageElement): readonly ColumnWidth[] {
  const groups = childrenOf(table, 'colgroup');
  const cols = groups.flatMap((group) => childrenOf(group, 'col'));
  const isPlain = groups.length === 1 && [...groups, ...cols].every((each) => attributeOf(each, 'span') === undefined);
  return isPlain ? cols.map(pixelsOf) : [];
}

function colOf(known: StorageElement | undefined, width: ColumnWidth): StorageElement {
  const col = known ?? element('col');
  if (pixelsOf(col) === width) return col;
  return withAttribute(withAttribute(col, 'width', null), 'style', width === null ? null : `width: ${width}px;`);
}

/** A table whose `colgroup` says these widths. */
export function withWidths(table: StorageElement, widths: readonly ColumnWidth[]): StorageElement {
  const [group, ...others] = childrenOf(table, 'colgroup');
  const known = group === undefined ? [] : childrenOf(group, 'col');
  const cols = widths.map((width, index) => colOf(known[index], width));
  const changed: StorageElement = { ...(group ?? element('colgroup')), children: cols };
  if (group === undefined) return { ...table, children: [changed, ...table.children] };
  const kept: readonly StorageNode[] = table.children.filter((child) => !(others as StorageNode[]).includes(child));
  return { ...table, children: kept.map((child) => (child === group ? changed : child)) };
}
