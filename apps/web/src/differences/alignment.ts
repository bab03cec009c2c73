import { sharedEnds } from '@tributary/editor-document';
import { diffArrays } from 'diff';

/** Something in a list of which there are two versions. */
export interface Alignable {
  /** The same for what means the same. */
  readonly key: string;
  /** Only what is of one family can be one thing that was changed. */
  readonly family: string;
  readonly text: string;
}

/** By place in the older list, the place in the newer one of what it has become; undefined for what is gone. Places only grow. */
export type Alignment = (number | undefined)[];

const editsMax = 1_000;
/** More pairs than this aren't looked at one by one. */
const pairsMax = 4_000;
/** What has less than this in common isn't the same thing. */
const likenessMin = 0.3;
const comparedCharactersMax = 2_000;

/** A place in both lists. */
type Pair = readonly [number, number];

/** Finds what each of `before` has become in `after`: first what is the same, then what is alike, then what stands in its place. */
export function align(before: readonly Alignable[], after: readonly Alignable[]): Alignment {
  const same = between(before, after, samePairs(before, after), (range) => likePairs(before, after, range));
  const pairs = between(before, after, same, remainingPairs);
  const found: Alignment = before.map(() => undefined);
  for (const [old, now] of pairs) found[old] = now;
  return found;
}

interface Range {
  readonly from: Pair;
  readonly to: Pair;
}

/** Known pairs, and those that `find` finds between them. */
function between(
  before: readonly unknown[],
  after: readonly unknown[],
  known: readonly Pair[],
  find: (range: Range) => readonly Pair[],
): Pair[] {
  let from: Pair = [0, 0];
  const pairs: Pair[] = [];
  for (const to of [...known, [before.length, after.length] as const]) {
    if (to[0] > from[0] && to[1] > from[1]) pairs.push(...find({ from, to }));
    pairs.push(to);
    from = [to[0] + 1, to[1] + 1];
  }
  return pairs.slice(0, -1);
}

/** What is the same, as much of it as there can be; where it stands in the same place, that first. */
function samePairs(before: readonly Alignable[], after: readonly Alignable[]): Pair[] {
  const [olds, nows] = [before.map(({ key }) => key), after.map(({ key }) => key)];
  const { start, end } = sharedEnds(olds, nows);
  const middle = commonPairs(olds.slice(start, olds.length - end), nows.slice(start, nows.length - end));
  return [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...middle.map(([old, now]) => [old + start, now + start] as const),
    ...Array.from({ length: end }, (_, index) => [before.length - end + index, after.length - end + index] as const),
  ];
}

function commonPairs(before: readonly string[], after: readonly string[]): Pair[] {
  // What only one of them has is left out first: it would only take time.
  const [olds, nows] = [placesIn(before, new Set(after)), placesIn(after, new Set(before))];
  const pairs: Pair[] = [];
  let [old, now] = [0, 0];
  const [one, other] = [olds.map((place) => before[place]), nows.map((place) => after[place])];
  for (const { added, removed, count } of diffArrays(one, other, { maxEditLength: editsMax }) ?? []) {
    if (!added && !removed)
      for (let index = 0; index < count; index += 1) pairs.push([olds[old + index] ?? 0, nows[now + index] ?? 0]);
    if (!added) old += count;
    if (!removed) now += count;
  }
  if (before.length !== after.length) return pairs;
  const inPlace = before.flatMap((key, index) => (key === after[index] ? [[index, index] as const] : []));
  return inPlace.length >= pairs.length ? inPlace : pairs;
}

const placesIn = (keys: readonly string[], known: ReadonlySet<string>): number[] =>
  keys.flatMap((key, place) => (known.has(key) ? [place] : []));

/** Pairs that are alike, so that their likeness is the most in all. */
function likePairs(before: readonly Alignable[], after: readonly Alignable[], { from, to }: Range): Pair[] {
  const [rows, columns] = [to[0] - from[0], to[1] - from[1]];
  if (rows * columns > pairsMax) return [];
  const [olds, nows] = [before.slice(from[0], to[0]).map(grams), after.slice(from[1], to[1]).map(grams)];
  const likeness = olds.map((old) => nows.map((now) => likenessOf(old, now)));
  /** The most that there is from a place in both lists on. */
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  const at = (row: number, column: number) => best[row]?.[column] ?? 0;
  const paired = (row: number, column: number) => {
    const own = likeness[row]?.[column] ?? 0;
    return own < likenessMin ? 0 : own + at(row + 1, column + 1);
  };
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      best[row]?.fill(Math.max(at(row + 1, column), at(row, column + 1), paired(row, column)), column, column + 1);
  const pairs: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (paired(row, column) > 0 && paired(row, column) === at(row, column))
      pairs.push([from[0] + row++, from[1] + column++]);
    else if (at(row + 1, column) === at(row, column)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** As many on one side as on the other: each stands in the other's place. */
const remainingPairs = ({ from, to }: Range): Pair[] =>
  to[0] - from[0] === to[1] - from[1]
    ? Array.from({ length: to[0] - from[0] }, (_, index) => [from[0] + index, from[1] + index] as const)
    : [];

interface Grams {
  readonly family: string;
  /** How often two characters stand side by side. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

function grams({ family, text }: Alignable): Grams {
  const counts = new Map<string, number>();
  const characters = text.slice(0, comparedCharactersMax);
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const gram = characters.slice(index, index + 2);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return { family, counts, total: Math.max(0, characters.length - 1) };
}

/** From 0 to 1. */
function likenessOf(one: Grams, other: Grams): number {
  if (one.family !== other.family || one.total + other.total === 0) return 0;
  let common = 0;
  for (const [gram, count] of one.counts) common += Math.min(count, other.counts.get(gram) ?? 0);
  return (2 * common) / (one.total + other.total);
}
