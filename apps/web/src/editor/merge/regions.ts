/** Blocks that need no choice: one side alone changed them, or both alike or in different words, or nobody did. */
export interface Agreed {
  readonly kind: 'agreed';
  readonly base: readonly string[];
  readonly blocks: readonly string[];
  /** Who made it so. */
  readonly by: 'nobody' | 'theirs' | 'mine' | 'both';
}

/** The same place, changed by both in different ways: somebody has to choose. */
export interface Disputed {
  readonly kind: 'disputed';
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

/** A layout, a list, a table, a panel whose parts were merged one by one. */
export interface Nested {
  readonly kind: 'nested';
  /** Its element with nothing in it, of which one side may have changed the attributes. */
  readonly frame: Agreed;
  readonly open: string;
  readonly regions: readonly Region[];
  readonly close: string;
  /** Whether it is nothing without parts. */
  readonly needsParts: boolean;
}

export type Region = Agreed | Disputed | Nested;
export type Choice = 'theirs' | 'mine' | 'both';

/** One of the three texts, or a part of it, as each of them has it. */
export interface Sides<T> {
  readonly base: T;
  readonly theirs: T;
  readonly mine: T;
}

/** The disputed regions, in the order of the page. */
export const disputesOf = (regions: readonly Region[]): Disputed[] =>
  regions.flatMap((region) => {
    if (region.kind === 'nested') return disputesOf(region.regions);
    return region.kind === 'disputed' ? [region] : [];
  });

/** What stands where only one side changed something: what that side made of it; undefined where both did, and not alike. */
export function settled<T>({ base, theirs, mine }: Sides<T>, isSame: (one: T, other: T) => boolean): T | undefined {
  if (isSame(mine, base)) return theirs;
  return isSame(theirs, base) || isSame(theirs, mine) ? mine : undefined;
}

/** White space and comments: what either has added to them is kept. */
export const settledSpace = (sides: Sides<string>): string =>
  settled(sides, (one, other) => one === other) ??
  settled(sides, (one, other) => one.trim() === other.trim()) ??
  sides.theirs + sides.mine;
