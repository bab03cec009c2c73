import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareBodies } from './compare-bodies';
import { meaningOf } from './meaning';
import { code, columns, image, link, macro, parameter, rich, table, task } from './testing/elements';

/** Bodies of everything, inside of everything. */
const { body } = fc.letrec<{ body: string; inside: string; text: string }>((tie) => ({
  body: fc.array(tie('inside'), { maxLength: 3 }).map((blocks) => blocks.join('')),
  text: fc.oneof(
    fc.constantFrom(
      'one',
      'two words',
      '<em>x</em>',
      '<br />',
      '<time datetime="2026-01-02" />',
      link('A'),
      link('A', 'b'),
      image('').slice(3, -4),
    ),
    fc.constantFrom('red', 'blue').map((colour) => `<span style="color: ${colour};">c</span>`),
  ),
  inside: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(fc.constantFrom('p', 'h1', 'h2', 'pre'), tie('text')).map(([name, text]) => `<${name}>${text}</${name}>`),
    fc.constantFrom('<hr />', task('complete'), task('incomplete'), macro('toc', ''), code('a'), code('a\nb'), 'bare'),
    fc.tuple(tie('body'), tie('body')).map(([one, other]) => columns(one, other)),
    fc.tuple(tie('body'), fc.constantFrom('td', 'th')).map(([cell, name]) => table(`<${name}>${cell}</${name}><td />`)),
    fc
      .tuple(fc.constantFrom('info', 'panel'), fc.constantFrom('A', 'B'), tie('body'))
      .map(([name, title, each]) => macro(name, parameter('title', title), rich(each))),
    fc.tuple(fc.constantFrom('ul', 'ol'), tie('body')).map(([name, each]) => `<${name}><li>${each}</li></${name}>`),
    tie('body').map((each) => `<blockquote>${each}</blockquote>`),
  ),
}));

describe('any two bodies', () => {
  it('have a change where they aren’t the same, and none where they are', () => {
    fc.assert(
      fc.property(body, body, (before, after) => {
        const isSame = compareBodies(before, after, 'en').every(({ change }) => change === 'same');
        expect([isSame, before, after]).toEqual([meaningOf(before) === meaningOf(after), before, after]);
        expect(compareBodies(before, before, 'en').filter(({ change }) => change !== 'same')).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('have a change where the smallest part differs', () => {
    const swaps = [
      ['<em>', '<u>'],
      ['</em>', '</u>'],
      ['complete', 'incomplete'],
      ['red', 'blue'],
      ['"A"', '"C"'],
      ['<td />', '<th />'],
      ['<h1>', '<h2>'],
      ['</h1>', '</h2>'],
      ['"info"', '"tip"'],
    ] as const;
    fc.assert(
      fc.property(body, (before) => {
        const after = swaps.reduce((text, [from, to]) => text.replaceAll(from, to), before);
        const isSame = compareBodies(before, after, 'en').every(({ change }) => change === 'same');
        expect([isSame, before]).toEqual([meaningOf(before) === meaningOf(after), before]);
      }),
      { numRuns: 250 },
    );
  });
});
