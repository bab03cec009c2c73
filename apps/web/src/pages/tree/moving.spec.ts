import { describe, expect, it } from '@jest/globals';
import { backOf, dropOf, keyMoveOf } from './moving.js';
import { rowsOf, type Branch, type Leaf, type PageRow } from './tree-rows.js';

const leaf = (id: string, parentId: string | null, hasChildren = false): Leaf => ({
  id,
  title: id,
  href: `/${id}`,
  hasChildren,
  parentId,
});
const branch = (...leaves: Leaf[]): Branch => ({ leaves, hasMore: false, state: 'done' });

/** Below the home page H: A with B (with C) and D, then E. Beside the home page: X. */
const branches = new Map([
  ['', branch(leaf('A', 'H', true), leaf('E', 'H'), leaf('X', null))],
  ['A', branch(leaf('B', 'A', true), leaf('D', 'A'))],
  ['B', branch(leaf('C', 'B'))],
]);
const rows = rowsOf('', branches, new Set(['A', 'B']));
const row = (id: string) => rows.find((each) => each.key === id) as PageRow;

describe('moving a page in the tree', () => {
  it('puts it above, below or into the page that it is dropped on', () => {
    expect(dropOf(rows, 'E', row('D'), 0.1)).toEqual({ id: 'E', position: 'above', targetId: 'D' });
    expect(dropOf(rows, 'E', row('D'), 0.5)).toEqual({ id: 'E', position: 'append', targetId: 'D' });
    expect(dropOf(rows, 'E', row('D'), 0.9)).toEqual({ id: 'E', position: 'below', targetId: 'D' });
  });

  it('puts nothing into itself or what is below it', () => {
    expect(dropOf(rows, 'A', row('A'), 0.9)).toBeUndefined();
    expect(dropOf(rows, 'A', row('C'), 0.1)).toBeUndefined();
    expect(dropOf(rows, 'D', row('C'), 0.1)).toBeDefined();
  });

  it.each([
    ['D', { id: 'D', position: 'below', targetId: 'B' }],
    ['B', { id: 'B', position: 'above', targetId: 'D' }],
    ['C', { id: 'C', position: 'append', targetId: 'B' }],
    ['X', { id: 'X', position: 'below', targetId: 'H' }],
    ['Z', undefined],
  ])('brings %s back to where it was', (id, move) => {
    expect(backOf(rows, id, 'H')).toEqual(move);
  });

  it.each([
    ['ArrowUp', 'D', { id: 'D', position: 'above', targetId: 'B' }],
    ['ArrowUp', 'B', undefined],
    ['ArrowDown', 'A', { id: 'A', position: 'below', targetId: 'E' }],
    ['ArrowDown', 'E', undefined],
    ['ArrowRight', 'D', { id: 'D', position: 'append', targetId: 'B' }],
    ['ArrowRight', 'A', undefined],
    ['ArrowLeft', 'C', { id: 'C', position: 'below', targetId: 'B' }],
    ['ArrowLeft', 'A', undefined],
    ['Enter', 'A', undefined],
  ])('%s at %s is %p', (key, id, move) => {
    expect(keyMoveOf(key, rows, id, 'H')).toEqual(move);
  });
});
