import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { cellAround, CellSelection } from 'prosemirror-tables';
import { fitColumns, mergeSelected, setCellColour, sortByColumn } from './table-commands';

const table = (...rows: readonly string[]): string => `<table><tbody>${rows.join('')}</tbody></table>`;
const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => (cell === '' ? '<td />' : `<td>${cell}</td>`)).join('')}</tr>`;

/** Where the text begins that begins with `at`. */
function placeOf(doc: Node, at: string): number {
  let position = 0;
  doc.descendants((node, where) => {
    if (node.isText && node.text?.startsWith(at)) position = where;
  });
  return position;
}

/** A body after a command with the cursor in the text that begins with `at`, or with all cells from there to `to` selected; undefined where it can't be done. */
function after(body: string, at: string, command: Command, to?: string): string | undefined {
  const { doc, toStorage } = openStorage(body);
  const cell = (text: string) => cellAround(doc.resolve(placeOf(doc, text)))?.pos ?? 0;
  const selection =
    to === undefined ? TextSelection.create(doc, placeOf(doc, at)) : CellSelection.create(doc, cell(at), cell(to));
  const state = EditorState.create({ doc, selection });
  let changed: EditorState | undefined;
  const isDone = command(state, (transaction) => (changed = state.apply(transaction)));
  return isDone && changed ? toStorage(changed.doc) : undefined;
}

describe('sorting by a column', () => {
  const heading = '<tr><th>Name</th><th>Size</th></tr>';
  const [ten, nine, none, big] = [row('b10', '1,000 kB'), row('b9', '-2 kB'), row('', '9.5 kB'), row('a', '30 kB')];

  it('orders words with numbers in them, leaves headings on top and what is empty at the end', () => {
    const source = table(heading, none, ten, nine, big);
    expect(after(source, 'b10', sortByColumn(1))).toBe(table(heading, big, nine, ten, none));
    expect(after(source, 'b10', sortByColumn(-1))).toBe(table(heading, ten, nine, big, none));
  });

  it('orders numbers by their value', () => {
    expect(after(table(ten, nine, none, big), '30 kB', sortByColumn(1))).toBe(table(nine, none, big, ten));
  });

  it('orders dates by the day that they say', () => {
    const dated = (day: string) => row(`due <time datetime="${day}" />`);
    const source = table(dated('2026-03-02'), dated('2025-12-31'));
    expect(after(source, 'due', sortByColumn(1))).toBe(table(dated('2025-12-31'), dated('2026-03-02')));
  });

  it('keeps the white space of the source and the sections of the table in their places', () => {
    const source = `<table><thead>\n ${heading}</thead><tbody>\n  ${row('b')}\n  ${row('a')}\n</tbody></table>`;
    expect(after(source, 'b', sortByColumn(1))).toBe(
      `<table><thead>\n ${heading}</thead><tbody>\n  ${row('a')}\n  ${row('b')}\n</tbody></table>`,
    );
  });

  it('isn’t done where cells are merged, or nothing can be put in order', () => {
    expect(after(table('<tr><td rowspan="2">a</td><td>b</td></tr>', row('c')), 'a', sortByColumn(1))).toBeUndefined();
    expect(after(table(heading, row('a', 'b')), 'a', sortByColumn(1))).toBeUndefined();
    expect(after('<p>text</p>', 'text', sortByColumn(1))).toBeUndefined();
  });
});

describe('a cell', () => {
  it('has a colour and loses it', () => {
    const red = '<td class="highlight-red" data-highlight-colour="red">a</td>';
    expect(after(table(row('a', 'b')), 'a', setCellColour('red'))).toBe(table(`<tr>${red}<td>b</td></tr>`));
    expect(after(table(`<tr>${red}</tr>`), 'a', setCellColour(null))).toBe(table(row('a')));
  });
});

describe('merging', () => {
  it('leaves no row without a cell of its own, and every cell as high as it was seen', () => {
    expect(after(table(row('a', 'b'), row('c', 'd')), 'a', mergeSelected, 'd')).toBe(
      table('<tr><td colspan="2">a<p>b</p><p>c</p><p>d</p></td></tr>'),
    );
    const beside = table('<tr><td rowspan="2">tall</td><td>a</td></tr>', row('b'), row('c', 'd'));
    expect(after(beside, 'a', mergeSelected, 'b')).toBe(
      table('<tr><td>tall</td><td>a<p>b</p></td></tr>', row('c', 'd')),
    );
  });

  it('keeps rows that have other cells', () => {
    expect(after(table(row('a', 'b'), row('c', 'd')), 'a', mergeSelected, 'c')).toBe(
      table('<tr><td rowspan="2">a<p>c</p></td><td>b</td></tr>', row('d')),
    );
  });
});

it('columns are fitted to their text where one had a width', () => {
  const source = `<table><colgroup><col style="width: 50px;" /><col /></colgroup><tbody>${row('a', 'b')}</tbody></table>`;
  expect(after(source, 'a', fitColumns)).toBe(source.replace(' style="width: 50px;"', ''));
  expect(after(table(row('a', 'b')), 'a', fitColumns)).toBeUndefined();
});
