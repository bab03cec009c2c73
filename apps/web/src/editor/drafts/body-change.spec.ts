import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyOfPieces, changeBetween, isBody } from './body-change';

describe('the change between two bodies', () => {
  it('makes the second of the first', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁'), maxLength: 12 });
    fc.assert(
      fc.property(few, few, few, few, (head, one, other, tail) => {
        const [before, after] = [head + one + tail, head + other + tail];
        const { start, end, value } = changeBetween({ body: before }, { body: after });
        expect(before.slice(0, start) + value + before.slice(before.length - end)).toBe(after);
        expect(value.length).toBeLessThanOrEqual(other.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is nothing where both are the same', () => {
    expect(changeBetween({ body: 'abc' }, { body: 'abc' })).toEqual({ start: 3, end: 0, value: '' });
    expect(changeBetween(bodyOfPieces(['ab', 'c']), bodyOfPieces(['ab', 'c']))).toEqual({
      start: 3,
      end: 0,
      value: '',
    });
  });

  it('makes the second of the first in pieces too', () => {
    const pieces = fc.array(fc.constantFrom('', 'a', 'b', 'ab', '😀'), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, pieces, pieces, pieces, (head, one, other, tail) => {
        const [before, after] = [bodyOfPieces([...head, ...one, ...tail]), bodyOfPieces([...head, ...other, ...tail])];
        const { start, end, value } = changeBetween(before, after);
        expect(before.body.slice(0, start) + value + before.body.slice(before.body.length - end)).toBe(after.body);
        expect(value.length).toBeLessThanOrEqual(other.join('').length);
        expect(isBody(before, after.body)).toBe(before.body === after.body);
      }),
      { numRuns: 2_000 },
    );
  });
});
