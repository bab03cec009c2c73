import { attributeOf } from '@tributary/storage-format';
import { elementOf } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type Transaction } from 'prosemirror-state';
import { CellSelection, isInTable, mergeCells, selectedRect, setCellAttr, type TableRect } from 'prosemirror-tables';
import type { EditorView } from 'prosemirror-view';
import { parameterText } from '../elements/drawing';

/** Colours of cells that have a name in storage format; the style sheet fits them to light and dark paper. */
export const cellColours = ['grey', 'red', 'yellow', 'green', 'blue'] as const;

export const setCellColour = (colour: string | null): Command => setCellAttr('colour', colour);

/** What an element without a text of its own counts as when rows are put in order. */
function leafText(node: Node): string {
  const source = node.attrs['source'] as string | undefined;
  if (source === undefined || !source.startsWith('<')) return '';
  const element = elementOf(source);
  if (node.type.name === 'status') return parameterText(element, 'title');
  return attributeOf(element, node.type.name === 'date' ? 'datetime' : 'ac:name') ?? '';
}

const textOf = (cell: Node): string => cell.textBetween(0, cell.content.size, ' ', leafText).trim();

/** A number as people write it, with signs for thousands, a currency or a unit; NaN for anything else. */
function numberOf(text: string): number {
  const found = /^[^\d\s-]?\s?(-?\d[\d,' ]*(?:\.\d+)?)\s?[^\d\s]{0,3}$/.exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found.replaceAll(/[,' ]/g, ''));
}

const words = new Intl.Collator(undefined, { numeric: true });

/** Numbers by their value, all else as the reader's language orders it. */
function compareTexts(left: string, right: string): number {
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)];
  const areNumbers = !Number.isNaN(leftNumber) && !Number.isNaN(rightNumber);
  return areNumbers ? leftNumber - rightNumber : words.compare(left, right);
}

const isHeading = (row: Node): boolean => row.children.every(({ type }) => type.name === 'table_header');

/** Rows can be put in order where no cell reaches over several. */
const isPlain = (rows: readonly Node[]): boolean =>
  rows.every((row) => row.children.every(({ attrs }) => attrs['rowspan'] === 1 && attrs['colspan'] === 1));

/** The rows below the headings in the order of their texts in a column; what is empty comes last, either way. */
function sorted(rows: readonly Node[], column: number, direction: 1 | -1): Node[] {
  const keyed = rows.map((row) => ({ row, text: textOf(row.child(column)) }));
  keyed.sort((left, right) => {
    if (left.text === '' || right.text === '') return Number(left.text === '') - Number(right.text === '');
    return direction * compareTexts(left.text, right.text);
  });
  // Sections and the white space of the source belong to the place, not to the row.
  return keyed.map(({ row }, index) => {
    const { section, before } = rows[index]?.attrs ?? row.attrs;
    return row.type.create({ ...row.attrs, section: section as unknown, before: before as unknown }, row.content);
  });
}

/** Puts the rows of the table in the order of the column that the cursor is in; rows of headings at its top stay there. */
export const sortByColumn =
  (direction: 1 | -1): Command =>
  (state, dispatch) => {
    if (!isInTable(state)) return false;
    const { table, tableStart, left } = selectedRect(state);
    const rows = table.children;
    const first = rows.findIndex((row) => !isHeading(row));
    if (first < 0 || rows.length - first < 2 || !isPlain(rows)) return false;
    if (!dispatch) return true;
    const from = rows.slice(0, first).reduce((size, row) => size + row.nodeSize, tableStart);
    const wanted = sorted(rows.slice(first), left, direction);
    const transaction = state.tr.replaceWith(from, tableStart + table.content.size, wanted);
    dispatch(transaction.setSelection(TextSelection.near(transaction.doc.resolve(from + 2))).scrollIntoView());
    return true;
  };

const widthMin = 40;
const widthStep = 40;

/** Gives a column a width, in all cells that it goes through; 0 for one as wide as its text. */
function setWidth(transaction: Transaction, { map, table, tableStart }: TableRect, column: number, width: number) {
  const cells = new Set(Array.from({ length: map.height }, (_, row) => map.map[row * map.width + column] ?? 0));
  for (const position of cells) {
    const cell = table.nodeAt(position);
    if (cell === null) continue;
    const { colspan, colwidth } = cell.attrs as { colspan: number; colwidth: readonly number[] | null };
    const known = colwidth ?? Array.from({ length: colspan }, () => 0);
    const widths = known.with(column - map.colCount(position), width);
    const value = widths.every((each) => each === 0) ? null : widths;
    transaction.setNodeAttribute(tableStart + position, 'colwidth', value);
  }
}

/** How wide a column is drawn, by a cell that is in it alone. */
function drawnWidth(view: EditorView, { map, table, tableStart }: TableRect, column: number): number | undefined {
  for (let row = 0; row < map.height; row += 1) {
    const position = map.map[row * map.width + column] ?? 0;
    const dom = view.nodeDOM(tableStart + position);
    if (table.nodeAt(position)?.attrs['colspan'] === 1 && dom instanceof HTMLElement) return dom.offsetWidth;
  }
  return undefined;
}

const changeWidths =
  (widthOf: (column: number, rect: TableRect, view: EditorView) => number): Command =>
  (state, dispatch, view) => {
    if (!isInTable(state)) return false;
    if (!dispatch || !view) return true;
    const rect = selectedRect(state);
    const { tr: transaction } = state;
    for (let column = rect.left; column < rect.right; column += 1)
      setWidth(transaction, rect, column, widthOf(column, rect, view));
    dispatch(transaction);
    return true;
  };

const stepWidth = (step: number): Command =>
  changeWidths((column, rect, view) => Math.max(widthMin, (drawnWidth(view, rect, column) ?? widthMin) + step));
export const widenColumn = stepWidth(widthStep);
export const narrowColumn = stepWidth(-widthStep);

/** Lets all columns be as wide as their text. */
export const fitColumns: Command = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  const { tr: transaction } = state;
  for (let column = 0; column < rect.map.width; column += 1) setWidth(transaction, rect, column, 0);
  if (!transaction.docChanged || rect.table.children.every(hasNoWidths)) return false;
  dispatch?.(transaction);
  return true;
};
const hasNoWidths = (row: Node): boolean => row.children.every(({ attrs }) => attrs['colwidth'] === null);

/** Selects all cells of the table, to change them together. */
export const selectTable: Command = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { map, tableStart } = selectedRect(state);
  const [first = 0, last = 0] = [map.map[0], map.map.at(-1)];
  dispatch?.(state.tr.setSelection(CellSelection.create(state.doc, tableStart + first, tableStart + last)));
  return true;
};

/** Takes away rows that a merge has left without a cell of their own: a row needs one, and would be given an empty one beside the others. */
function withoutHollowRows(transaction: Transaction, rect: TableRect): Transaction {
  const { map, table, tableStart, top, bottom, left, right } = rect;
  const now = (position: number) => transaction.mapping.map(tableStart + position);
  const at = (row: number, column: number) => map.map[row * map.width + column] ?? 0;
  for (let row = bottom - 1; row > top; row -= 1) {
    const columns = Array.from({ length: map.width }, (_, column) => column);
    const others = columns.filter((column) => column < left || column >= right).map((column) => at(row, column));
    if (others.some((position) => map.findCell(position).top === row)) continue;
    for (const position of new Set([...others, at(top, left)])) {
      const rowspan = Number(transaction.doc.nodeAt(now(position))?.attrs['rowspan']);
      transaction.setNodeAttribute(now(position), 'rowspan', rowspan - 1);
    }
    const start = now(table.children.slice(0, row).reduce((size, { nodeSize }) => size + nodeSize, 0));
    transaction.delete(start, start + (transaction.doc.nodeAt(start)?.nodeSize ?? 0));
  }
  return transaction;
}

/** Makes one cell of those that are selected. */
export const mergeSelected: Command = (state, dispatch) =>
  mergeCells(state, dispatch && ((transaction) => dispatch(withoutHollowRows(transaction, selectedRect(state)))));
