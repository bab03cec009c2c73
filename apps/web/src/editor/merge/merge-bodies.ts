import { blockSourcesOf } from '@tributary/editor-document';
import { canonicalStorage } from '@tributary/storage-format';
import { diff3MergeRegions } from 'node-diff3';

/** Blocks that one side alone changed, or nobody did. */
export interface Agreed {
  readonly kind: 'agreed';
  readonly blocks: readonly string[];
  /** Who made it so. */
  readonly by: 'nobody' | 'theirs' | 'mine';
}

/** The same place, changed by both in different ways: somebody has to choose. */
export interface Disputed {
  readonly kind: 'disputed';
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

export type Region = Agreed | Disputed;
export type Choice = 'theirs' | 'mine' | 'both';

/** Two bodies that were made of the same third one, put together block by block. */
export interface Merge {
  readonly regions: readonly Region[];
  /** The body, with a choice for each region that is disputed, in their order. */
  body(choices: readonly Choice[]): string;
}

/** Blocks, each beside a name that is the same for blocks of the same meaning. */
interface Side {
  readonly blocks: readonly string[];
  readonly keys: string[];
}

const sideOf = (blocks: readonly string[]): Side => ({
  blocks,
  keys: blocks.map((block) => canonicalStorage(block).trim()),
});

/**
 * Puts together what two writers made of `base`. What only one of them changed is taken over; where both changed the same block, or one changed
 * what the other removed, neither is lost: both are in a disputed region.
 */
export function mergeBodies(base: string, theirs: string, mine: string): Merge {
  const [first, second, third] = [base, theirs, mine].map(blockSourcesOf);
  const sides = {
    base: sideOf(first?.blocks ?? []),
    theirs: sideOf(second?.blocks ?? []),
    mine: sideOf(third?.blocks ?? []),
  };
  const regions = joined(regionsOf(sides));
  const end = third?.end ?? '';
  return {
    regions,
    body(choices) {
      let disputed = 0;
      const chosen = regions.flatMap((region) => {
        if (region.kind === 'agreed') return region.blocks;
        const choice = choices[disputed] ?? 'both';
        disputed += 1;
        return choice === 'both' ? [...region.theirs, ...region.mine] : region[choice];
      });
      return chosen.join('') + end;
    },
  };
}

interface Sides {
  readonly base: Side;
  readonly theirs: Side;
  readonly mine: Side;
}

const sideByBuffer = { a: 'mine', o: 'base', b: 'theirs' } as const;

function regionsOf({ base, theirs, mine }: Sides): Region[] {
  const sides = { base, theirs, mine };
  return diff3MergeRegions(mine.keys, base.keys, theirs.keys).flatMap((region): Region[] => {
    if (region.stable) {
      const side = sideByBuffer[region.buffer];
      const blocks = sides[side].blocks.slice(region.bufferStart, region.bufferStart + region.bufferLength);
      return blocks.length === 0 && side === 'base'
        ? []
        : [{ kind: 'agreed', blocks, by: side === 'base' ? 'nobody' : side }];
    }
    return decided({
      base: partOf(base, region.oStart, region.oLength),
      theirs: partOf(theirs, region.bStart, region.bLength),
      mine: partOf(mine, region.aStart, region.aLength),
    });
  });
}

const partOf = ({ blocks, keys }: Side, start: number, length: number): Side => ({
  blocks: blocks.slice(start, start + length),
  keys: keys.slice(start, start + length),
});

/** What can still be agreed where both have changed something: the same change, or neighbouring blocks. */
function decided({ base, theirs, mine }: Sides): Region[] {
  if (isSame(theirs, mine)) return [{ kind: 'agreed', blocks: mine.blocks, by: 'nobody' }];
  const isBlockByBlock = base.keys.length === theirs.keys.length && base.keys.length === mine.keys.length;
  if (isBlockByBlock && base.keys.length > 1)
    return base.keys.flatMap((_key, index) =>
      decided({ base: partOf(base, index, 1), theirs: partOf(theirs, index, 1), mine: partOf(mine, index, 1) }),
    );
  if (isSame(base, mine)) return [{ kind: 'agreed', blocks: theirs.blocks, by: 'theirs' }];
  if (isSame(base, theirs)) return [{ kind: 'agreed', blocks: mine.blocks, by: 'mine' }];
  return [{ kind: 'disputed', base: base.blocks, theirs: theirs.blocks, mine: mine.blocks }];
}

const isSame = (one: Side, other: Side): boolean =>
  one.keys.length === other.keys.length && one.keys.every((key, index) => key === other.keys[index]);

/** Neighbours that the same side made are one region. */
function joined(regions: readonly Region[]): Region[] {
  const found: Region[] = [];
  for (const region of regions) {
    const last = found.at(-1);
    if (region.kind === 'agreed' && last?.kind === 'agreed' && last.by === region.by)
      found[found.length - 1] = { ...last, blocks: [...last.blocks, ...region.blocks] };
    else found.push(region);
  }
  return found;
}

/** One line of text that two changed: whose it is when only one did, undefined when both did. */
export function mergeTitles(base: string, theirs: string, mine: string): string | undefined {
  if (theirs === mine || theirs === base) return mine;
  return mine === base ? theirs : undefined;
}
