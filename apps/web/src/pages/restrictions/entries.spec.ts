import { expect, it } from '@jest/globals';
import type { Subject } from '../../rest/restrictions';
import { areSame, lackOf, restrictionsOf, shownOf, withEntry, withoutEntry } from './entries';

const ann: Subject = { kind: 'user', key: 'ann', name: 'Ann' };
const bob: Subject = { kind: 'user', key: 'bob', name: 'Bob' };
const staff: Subject = { kind: 'group', key: 'staff', name: 'staff' };

it.each([
  ['open', [], []],
  ['readable', [], [ann]],
  ['closed', [ann, staff], [ann]],
  ['closed', [ann, staff], [ann, staff]],
] as const)('%s stays as it is', (openness, read, update) => {
  const shown = shownOf({ read, update, above: [] });
  expect(shown.openness).toBe(openness);
  expect(restrictionsOf(shown)).toEqual({ read, update });
});

it('says of all who may view that they may edit, where editing isn’t restricted', () => {
  const shown = shownOf({ read: [ann, bob], update: [], above: [] });
  expect(shown.entries.map(({ mayEdit }) => mayEdit)).toEqual([true, true]);
});

it('lets who may edit also view', () => {
  expect(restrictionsOf(shownOf({ read: [ann], update: [bob], above: [] }))).toEqual({
    read: [ann, bob],
    update: [bob],
  });
});

it.each(['readable', 'closed'] as const)(
  'is nothing to be saved, and not for everybody, when %s has nobody left',
  (openness) => {
    const shown = { openness, entries: [] };
    expect([lackOf(shown), restrictionsOf(shown)]).toEqual(['restrictions.nobody', undefined]);
  },
);

it('is nothing to be saved, and not for all to edit, when all may only view', () => {
  const entries = [ann, staff].map((subject) => ({ ...subject, mayEdit: false }));
  expect([lackOf({ openness: 'closed', entries }), restrictionsOf({ openness: 'closed', entries })]).toEqual([
    'restrictions.noEditor',
    undefined,
  ]);
  expect(lackOf({ openness: 'readable', entries })).toBeUndefined();
});

it('is the same whatever the order, and not for others', () => {
  expect(areSame({ read: [ann, staff], update: [ann] }, { read: [staff, ann], update: [ann] })).toBe(true);
  expect(areSame({ read: [ann], update: [ann] }, { read: [ann], update: [] })).toBe(false);
  expect(areSame({ read: [ann], update: [] }, { read: [bob], update: [] })).toBe(false);
});

it('names nobody twice', () => {
  const entries = withEntry(withEntry([], ann), ann);
  expect(entries).toHaveLength(1);
  expect(withoutEntry(entries, ann)).toEqual([]);
});
