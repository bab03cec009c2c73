import { describe, expect, it } from '@jest/globals';
import { moveOf, rowsOf, type Branch, type Leaf } from './tree-rows.js';

const leaf = (id: string, hasChildren = false): Leaf => ({
  id,
  title: `Page ${id}`,
  href: `/${id}`,
  hasChildren,
  parentId: null,
});
const branch = (...leaves: Leaf[]): Branch => ({ leaves, hasMore: false, state: 'done' });

/** A with the children B (with the child C) and D; then E. */
const branches = new Map([
  ['', branch(leaf('A', true), leaf('E'))],
  ['A', branch(leaf('B', true), leaf('D'))],
  ['B', branch(leaf('C'))],
]);
const rows = (...open: string[]) => rowsOf('', branches, new Set(open));
const keys = (...open: string[]) => rows(...open).map((row) => `${row.level}${row.key}`);

describe('the rows of a tree', () => {
  it('are those below open pages, in order, with their levels', () => {
    expect(keys()).toEqual(['1A', '1E']);
    expect(keys('A')).toEqual(['1A', '2B', '2D', '1E']);
    expect(keys('A', 'B')).toEqual(['1A', '2B', '3C', '2D', '1E']);
  });

  it('leave out what is open below a closed page', () => {
    expect(keys('B')).toEqual(['1A', '1E']);
  });

  it('tell their place among their siblings', () => {
    expect(rows('A')[2]).toMatchObject({ position: 2, size: 2, parentId: 'A', isOpen: false });
  });

  it('say what is missing', () => {
    expect(rowsOf('', new Map(), new Set())).toMatchObject([{ kind: 'loading' }]);
    const partly = new Map([['', { ...branch(leaf('A')), hasMore: true }]]);
    expect(rowsOf('', partly, new Set())).toMatchObject([
      { key: 'A', size: -1 },
      { kind: 'more', parentId: '' },
    ]);
    const failed = new Map([['', { ...branch(leaf('A')), state: 'failed' as const }]]);
    expect(rowsOf('', failed, new Set())).toMatchObject([{ key: 'A' }, { kind: 'failed' }]);
  });
});

describe('the keys of a tree', () => {
  it.each([
    ['ArrowDown', 'A', { focus: 'B' }],
    ['ArrowDown', 'E', undefined],
    ['ArrowUp', 'E', { focus: 'D' }],
    ['ArrowUp', 'A', undefined],
    ['Home', 'D', { focus: 'A' }],
    ['End', 'A', { focus: 'E' }],
    ['ArrowRight', 'A', { focus: 'B' }],
    ['ArrowRight', 'B', { toggle: 'B' }],
    ['ArrowRight', 'D', undefined],
    ['ArrowLeft', 'A', { toggle: 'A' }],
    ['ArrowLeft', 'B', { focus: 'A' }],
    ['ArrowLeft', 'E', undefined],
    ['p', 'D', { focus: 'E' }],
    ['p', 'E', { focus: 'A' }],
    ['x', 'A', undefined],
    ['Tab', 'A', undefined],
    ['ArrowDown', 'gone', undefined],
  ])('%s at %s', (key, at, move) => {
    expect(moveOf(key, rows('A'), at)).toEqual(move);
  });

  it('skip rows that only tell something', () => {
    const loading = rowsOf('', new Map([['', branch(leaf('A', true), leaf('E'))]]), new Set(['A']));
    expect(loading).toHaveLength(3);
    expect(moveOf('ArrowDown', loading, 'A')).toEqual({ focus: 'E' });
  });
});
