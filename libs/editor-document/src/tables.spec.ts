import { describe, expect, it } from '@jest/globals';
import { Fragment, type Node } from 'prosemirror-model';
import { openStorage } from './editor-document.js';

const cols = '<colgroup class="g"><col style="width: 40px;" class="k" /><col style="width: 20%;" /><col /></colgroup>';
const table = (inside: string, group = cols): string => `<table>${group}<tbody>${inside}</tbody></table>`;
const body = table('<tr><td colspan="2">a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr>');

/** The table of a body with each cell changed, and what is written of it. */
function written(source: string, change: (cell: Node, row: number, index: number) => Node | undefined): string {
  const { doc, toStorage } = openStorage(source);
  const found = doc.child(0);
  const rows = found.children.map((row, rowIndex) =>
    row.copy(Fragment.from(row.children.flatMap((cell, index) => change(cell, rowIndex, index) ?? []))),
  );
  return toStorage(doc.copy(Fragment.from(found.copy(Fragment.from(rows)))));
}
const withAttribute = (cell: Node, name: string, value: unknown): Node =>
  cell.type.create({ ...cell.attrs, [name]: value }, cell.content);

describe('the columns of a table', () => {
  it('give their widths to the cells that are in them', () => {
    const [first, second] = openStorage(body).doc.child(0).children;
    const widths = (row: Node | undefined) => row?.children.map(({ attrs }) => attrs['colwidth'] as unknown);
    expect(widths(first)).toEqual([[40, 0], null]);
    expect(widths(second)).toEqual([[40], null, null]);
  });

  it('are written as they were while no width is changed', () => {
    expect(written(body, (cell) => withAttribute(cell, 'colour', null))).toBe(body);
  });

  it('are written anew where one is, and what else was known of them is kept', () => {
    const wider = written(body, (cell, row, index) =>
      row === 1 && index === 2 ? withAttribute(cell, 'colwidth', [90]) : cell,
    );
    expect(wider).toBe(body.replace('<col /></colgroup>', '<col style="width: 90px;" /></colgroup>'));
    const fitted = written(body, (cell) => withAttribute(cell, 'colwidth', null));
    expect(fitted).toBe(body.replace('<col style="width: 40px;" class="k" />', '<col class="k" />'));
  });

  it('are as many as there are after one was taken away or given a width first', () => {
    const fewer = written(body, (cell, row, index) =>
      row === 0 && index === 1 ? undefined : row === 1 && index === 2 ? undefined : cell,
    );
    expect(fewer).toContain('<col style="width: 20%;" /></colgroup>');
    const plain = table('<tr><td>a</td><td>b</td></tr>', '');
    expect(written(plain, (cell, _row, index) => withAttribute(cell, 'colwidth', index === 0 ? [50] : null))).toBe(
      table('<tr><td>a</td><td>b</td></tr>', '<colgroup><col style="width: 50px;" /><col /></colgroup>'),
    );
  });

  it('stay as they are when they are said in a way that isn’t understood', () => {
    const spanned = table('<tr><td>a</td><td>b</td></tr>', '<colgroup><col span="2" style="width: 9px;" /></colgroup>');
    expect(written(spanned, (cell) => withAttribute(cell, 'colour', null))).toBe(spanned);
  });
});

describe('a cell with another colour', () => {
  it('tells it in both ways, and keeps its other classes', () => {
    const cell = '<td class="highlight-red wide" data-highlight-colour="red" style="x: y">a</td>';
    const source = table(`<tr>${cell}</tr>`, '');
    const coloured = (colour: string | null) => written(source, (each) => withAttribute(each, 'colour', colour));
    expect(coloured('red')).toBe(source);
    expect(coloured('blue')).toBe(source.replaceAll('red', 'blue'));
    expect(coloured(null)).toBe(table('<tr><td class="wide" style="x: y">a</td></tr>', ''));
  });
});
