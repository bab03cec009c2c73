import type { Node } from 'prosemirror-model';
import { colspanMax, placesOf, type ColumnWidth } from './columns.js';

interface CellSize {
  readonly colspan: number;
  readonly rowspan: number;
  readonly colwidth: readonly number[] | null;
}
const sizeOf = (cell: Node): CellSize => cell.attrs as CellSize;
const placesOfRows = (rows: readonly Node[]) => placesOf(rows.map((row) => row.children.map(sizeOf)));

/** Rows whose cells know the widths of the columns that they are in. */
export function sizedRows(rows: readonly Node[], widths: readonly ColumnWidth[]): readonly Node[] {
  if (widths.every((width) => width === null)) return rows;
  const { starts } = placesOfRows(rows);
  return rows.map((row, rowIndex) => {
    const cells = row.children.map((cell, index) => {
      const start = starts[rowIndex]?.[index] ?? 0;
      const { colspan } = sizeOf(cell);
      if (colspan > colspanMax) return cell;
      const own = Array.from({ length: colspan }, (_, offset) => widths[start + offset] ?? 0);
      if (own.every((width) => width === 0)) return cell;
      return cell.type.create({ ...cell.attrs, colwidth: own }, cell.content, cell.marks);
    });
    return row.type.create(row.attrs, cells, row.marks);
  });
}

/** The width of each column, as the first cell that knows it says. */
export function widthsOfRows(rows: readonly Node[]): readonly ColumnWidth[] {
  const { starts, count } = placesOfRows(rows);
  const widths = Array.from<unknown, ColumnWidth>({ length: count }, () => null);
  for (const [rowIndex, row] of rows.entries()) {
    for (const [index, cell] of row.children.entries()) {
      const start = starts[rowIndex]?.[index] ?? 0;
      for (const [offset, width] of (sizeOf(cell).colwidth ?? []).entries())
        if (width > 0 && start + offset < count) widths[start + offset] ??= width;
    }
  }
  return widths;
}
