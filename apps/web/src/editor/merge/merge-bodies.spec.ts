import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeBodies, mergeTitles } from './merge-bodies';
import type { Choice } from './regions';

const paragraph = fc.constantFrom('a', 'b', 'c', 'd', 'e').map((text) => `<p>${text}</p>`);
const page = fc.array(paragraph, { maxLength: 8 });
const bodyOf = (blocks: readonly string[]): string => blocks.join('');
const merged = (base: string, theirs: string, mine: string, ...choices: Choice[]): string =>
  mergeBodies(base, theirs, mine).body(choices);
const disputes = (base: string, theirs: string, mine: string): number =>
  mergeBodies(base, theirs, mine).disputes.length;

describe('two texts that were made of the same third one', () => {
  it('are put together where they changed different blocks, neighbours too', () => {
    const base = '<p>1</p><p>2</p><p>3</p>';
    expect(disputes(base, '<p>1x</p><p>2</p><p>3</p>', '<p>1</p><p>2y</p><p>3</p>')).toBe(0);
    expect(merged(base, '<p>1x</p><p>2</p><p>3</p>', '<p>1</p><p>2y</p><p>3</p>')).toBe('<p>1x</p><p>2y</p><p>3</p>');
    expect(merged(base, '<p>0</p><p>1</p><p>2</p><p>3</p>', '<p>1</p><p>2</p>')).toBe('<p>0</p><p>1</p><p>2</p>');
  });

  it('leave a choice where both changed the same block', () => {
    const sides = ['<p>1</p><p>2</p>', '<p>1x</p><p>2</p>', '<p>1y</p><p>2</p>'] as const;
    expect(mergeBodies(...sides).regions).toEqual([
      { kind: 'disputed', base: ['<p>1</p>'], theirs: ['<p>1x</p>'], mine: ['<p>1y</p>'] },
      { kind: 'agreed', base: ['<p>2</p>'], blocks: ['<p>2</p>'], by: 'nobody' },
    ]);
    expect(merged(...sides, 'theirs')).toBe('<p>1x</p><p>2</p>');
    expect(merged(...sides, 'mine')).toBe('<p>1y</p><p>2</p>');
    expect(merged(...sides)).toBe('<p>1x</p><p>1y</p><p>2</p>');
  });

  it('leave a choice where one changed what the other removed', () => {
    expect(disputes('<p>1</p><p>2</p>', '<p>1</p><p>2x</p>', '<p>1</p>')).toBe(1);
  });

  it('aren’t told apart by how they are written', () => {
    expect(disputes('<p>a</p>', '<p >a</p >', '<p>b</p>')).toBe(0);
    expect(merged('<p>a</p>\n', '<p >a</p >', '<p>b</p>\n')).toBe('<p>b</p>');
  });

  it('are one text where one is the other, or nobody changed anything', () => {
    fc.assert(
      fc.property(page, page, (one, other) => {
        const [base, changed] = [bodyOf(one), bodyOf(other)];
        for (const sides of [
          [base, changed, base],
          [base, base, changed],
          [base, changed, changed],
        ] as const) {
          expect(disputes(...sides)).toBe(0);
          expect(merged(...sides)).toBe(changed);
        }
      }),
    );
  });

  it('lose no block that either of them wrote', () => {
    fc.assert(
      fc.property(page, page, page, (first, second, third) => {
        const [base, theirs, mine] = [bodyOf(first), bodyOf(second), bodyOf(third)];
        const kept = merged(base, theirs, mine);
        const added = (blocks: string[]) => blocks.filter((block) => !first.includes(block));
        for (const block of [...added(second), ...added(third)]) expect(kept).toContain(block);
      }),
    );
  });

  it('are the same text whoever of the two puts them together, where they agree', () => {
    fc.assert(
      fc.property(page, page, page, (first, second, third) => {
        const [base, theirs, mine] = [bodyOf(first), bodyOf(second), bodyOf(third)];
        expect(disputes(base, theirs, mine)).toBe(disputes(base, mine, theirs));
        if (disputes(base, theirs, mine) === 0) expect(merged(base, theirs, mine)).toBe(merged(base, mine, theirs));
      }),
    );
  });

  it('agree wherever each changed other blocks, whatever these are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('none', 'theirs', 'mine'), { maxLength: 12 }), (changes) => {
        const base = changes.map((_change, index) => `<p>${index}</p>`);
        const side = (name: string) =>
          base.map((block, index) => (changes[index] === name ? `<p>${name} ${index}</p>` : block));
        const expected = base.map((block, index) =>
          changes[index] === 'none' ? block : `<p>${changes[index]} ${index}</p>`,
        );
        expect(merged(bodyOf(base), bodyOf(side('theirs')), bodyOf(side('mine')))).toBe(bodyOf(expected));
        expect(disputes(bodyOf(base), bodyOf(side('theirs')), bodyOf(side('mine')))).toBe(0);
      }),
    );
  });
});

describe('two titles', () => {
  it.each([
    ['a', 'a', 'b', 'b'],
    ['a', 'b', 'a', 'b'],
    ['a', 'b', 'b', 'b'],
    ['a', 'b', 'c', undefined],
  ])('of %s: theirs %s, mine %s', (base, theirs, mine, expected) => {
    expect(mergeTitles(base, theirs, mine)).toBe(expected);
  });
});
