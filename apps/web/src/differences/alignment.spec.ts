import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { align, type Alignable } from './alignment';

const part = (text: string): Alignable => ({ key: text, family: 'text', text });
const aligned = (before: string, after: string) => align(before.split(' ').map(part), after.split(' ').map(part));

describe('two versions of a list', () => {
  it.each([
    ['a b c', 'a b c', [0, 1, 2]],
    ['a b c', 'a c', [0, undefined, 1]],
    ['a c', 'a b c', [0, 2]],
    ['a x c', 'a y c', [0, 1, 2]],
    ['a a', 'x a', [0, 1]],
    ['a a', 'a x', [0, 1]],
    ['house tree', 'garden houses tree', [1, 2]],
    ['house tree', 'houses', [0, undefined]],
    ['one two', 'six', [undefined, undefined]],
  ])('%s and %s belong together like %j', (before, after, expected) => {
    expect(aligned(before, after)).toEqual(expected);
  });

  it('stay in their order, and lose nothing that stayed where the rest did too', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'cd', 'ce', 'f').map(part), { maxLength: 12 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const found = align(before, after).filter((place) => place !== undefined);
        expect(found).toEqual([...new Set(found)].toSorted((one, other) => one - other));
        expect(align(before, before)).toEqual(before.map((_, index) => index));
      }),
    );
  });

  it('are found to have nothing in common, however long they are', () => {
    const list = (letter: string) => Array.from({ length: 20_000 }, (_, index) => part(`${letter}${index}`));
    expect(align(list('a'), list('b').slice(1)).every((place) => place === undefined)).toBe(true);
  });
});
