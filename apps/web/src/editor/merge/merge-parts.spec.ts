import { describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import fc from 'fast-check';
import { mergeBodies } from './merge-bodies';

/** Whose version of a page is written: `both` is what it should be when both are put together. */
type Side = 'base' | 'theirs' | 'mine' | 'both';
/** What becomes of a part, and by whom. */
type Fate = 'stays' | `${'changed' | 'added' | 'gone'} ${'theirs' | 'mine'}`;
type Written = (side: Side) => string;

const isThere = (fate: Fate, side: Side): boolean => {
  const [what, whose] = fate.split(' ');
  const isTouched = side === whose || side === 'both';
  return what === 'added' ? isTouched : what !== 'gone' || !isTouched;
};
const isChanged = (fate: Fate, side: Side): boolean =>
  fate.startsWith('changed') && (side === 'both' || fate.endsWith(` ${side}`));

let count = 0;
/** A paragraph, with words that no other has. */
const paragraph = (fate: Fate): Written => {
  count += 1;
  const words = [7_919, 104_729, 15_485_863].map((prime) => ((count * prime) % 1_679_616).toString(36)).join('-');
  return (side) => {
    if (!isThere(fate, side)) return '';
    return isChanged(fate, side) ? `<p>Now ${words} is other words</p>` : `<p>It was ${words} here</p>\n`;
  };
};
const around =
  (open: string, parts: readonly Written[], close: string): Written =>
  (side) =>
    open + parts.map((part) => part(side)).join('') + close;
const onlyIf =
  (fate: Fate, part: Written): Written =>
  (side) =>
    isThere(fate, side) ? part(side) : '';

/** What one side adds in a place where the other does too would be disputed: only one adds to a list. */
const fates = (adds: 'theirs' | 'mine') =>
  fc.constantFrom<Fate>(
    'stays',
    'stays',
    'changed theirs',
    'changed mine',
    'gone theirs',
    'gone mine',
    `added ${adds}`,
  );
const adding = fc.constantFrom('theirs' as const, 'mine' as const);
const untouched = () => paragraph('stays');
const plain = fc.constant('stays').map(untouched);

const { page } = fc.letrec<{ page: Written[]; block: Written; blocks: Written[] }>((tie) => {
  const texts = (adds: 'theirs' | 'mine') => fc.array(fates(adds).map(paragraph), { maxLength: 2 });
  /** Items or rows, of which some come and go as a whole; the first stays. */
  const several = (item: fc.Arbitrary<Written>, whole: fc.Arbitrary<Written>) =>
    fc
      .tuple(
        item,
        adding.chain((adds) =>
          fc.array(
            fc.oneof(
              item,
              fc.tuple(fates(adds), whole).map(([fate, each]) => onlyIf(fate, each)),
            ),
            { maxLength: 2 },
          ),
        ),
      )
      .map(([first, others]) => [first, ...others]);
  const within = (open: string, close: string) => (inside: fc.Arbitrary<Written[]>) =>
    inside.map((parts) => around(open, parts, close));
  const row = (cells: fc.Arbitrary<Written>) =>
    within('<tr>\n', '</tr>')(fc.array(cells, { minLength: 2, maxLength: 2 }));
  const cell = within('<td class="x">', '</td>');
  const li = within('<li>', '</li>\n');
  // Of two items of which one is gone and the other emptied nobody could say which is which: something stays in each.
  const known = fc.tuple(plain, tie('blocks')).map(([stays, blocks]) => [stays, ...blocks]);
  const layoutCell = within('<ac:layout-cell>', '</ac:layout-cell>')(tie('blocks'));
  const section = within('<ac:layout-section ac:type="two_equal">', '</ac:layout-section>');
  return {
    page: tie('blocks'),
    blocks: adding
      .chain((adds) => fc.tuple(texts(adds), fc.array(tie('block'), { maxLength: 2 }), texts(adds)))
      .map((lists) => lists.flat()),
    block: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      plain,
      within(
        '<ac:structured-macro ac:name="panel"><ac:parameter ac:name="title">T</ac:parameter><ac:rich-text-body>',
        '</ac:rich-text-body></ac:structured-macro>',
      )(tie('blocks')),
      within('<ul>', '</ul>')(several(li(known), li(fc.tuple(plain)))),
      within(
        '<table><colgroup><col /></colgroup><tbody>',
        '</tbody></table>',
      )(several(row(cell(known)), row(cell(fc.tuple(plain))))),
      within(
        '<ac:layout>',
        '</ac:layout>',
      )(fc.array(section(fc.tuple(layoutCell, layoutCell)), { minLength: 1, maxLength: 2 })),
    ),
  };
});
const written = page.map((parts) => (side: Side) => parts.map((part) => part(side)).join(''));

/** What stands between blocks isn't theirs or mine. */
const withoutSpace = (body: string): string => body.replaceAll('\n', '');

describe('two who changed different parts of a page, however deep these are', () => {
  it('both have their changes in it, and nobody is asked', () => {
    fc.assert(
      fc.property(written, (of) => {
        const merge = mergeBodies(of('base'), of('theirs'), of('mine'));
        expect(merge.disputes).toEqual([]);
        expect(withoutSpace(merge.body([]))).toBe(withoutSpace(of('both')));
      }),
      // The same each time: in one of ten thousand two parts look alike once they are emptied, and then somebody has to be asked.
      { numRuns: 500, seed: 1 },
    );
  });

  it('lose nothing where they changed the same, and what comes out is well formed', () => {
    fc.assert(
      fc.property(written, written, written, (one, two, three) => {
        const [base, theirs, mine] = [one('base'), two('theirs'), three('mine')];
        const merge = mergeBodies(base, theirs, mine);
        for (const choice of ['both', 'theirs', 'mine'] as const)
          canonicalStorage(merge.body(merge.disputes.map(() => choice)));
        const wordsIn = (text: string) => text.match(/\w+-\w+-\w+/g) ?? [];
        for (const words of [...wordsIn(theirs), ...wordsIn(mine)])
          if (!base.includes(words)) expect(merge.body([])).toContain(words);
      }),
      { numRuns: 80 },
    );
  });

  it('are one text where one of them is the base, or both are the same', () => {
    fc.assert(
      fc.property(written, written, (one, other) => {
        const [base, changed] = [one('base'), other('theirs')];
        expect(mergeBodies(base, changed, base).body([])).toBe(changed);
        expect(mergeBodies(base, base, changed).body([])).toBe(changed);
        expect(mergeBodies(base, changed, changed).body([])).toBe(changed);
      }),
      { numRuns: 80 },
    );
  });
});
