import { describe, expect, it } from '@jest/globals';
import { groupsOf } from './block-groups';

interface Block {
  readonly name: string;
}
const blocks = (names: string): Block[] => [...names].map((name) => ({ name }));
const grouped = (all: readonly Block[], size: number, begins = new WeakSet<Block>()): string =>
  groupsOf(all, begins, size)
    .map((group) => group.map(({ name }) => name).join(''))
    .join(' ');

describe('the groups of a text’s blocks', () => {
  it('are as large as they are asked to be', () => {
    expect(grouped(blocks('abcdefg'), 3)).toBe('abc def g');
    expect(grouped([], 3)).toBe('');
  });

  it('stay where nothing has changed', () => {
    const all = blocks('abcdefghi');
    const after = (change: readonly Block[]) => {
      const begins = new WeakSet<Block>();
      grouped(all, 3, begins);
      return grouped(change, 6, begins);
    };
    expect(after(all.toSpliced(4, 0, ...blocks('xyz')))).toBe('abc dxyzef ghi');
    expect(after(all.toSpliced(4, 0, ...blocks('wxyz')))).toBe('abc dwxyze f ghi');
    expect(after(all.toSpliced(3, 1))).toBe('abcef ghi');
    expect(after(all.toSpliced(3, 3, ...blocks('x')))).toBe('abcx ghi');
  });
});
