import { insideOf, sourceOf, type Inside } from '@tributary/editor-document';
import { canonicalStorage } from '@tributary/storage-format';
import { align, type Alignment } from '../../differences/alignment';
import { comparedParts, writtenKey, type ComparedPart } from '../../differences/parts';
import { gridOf } from './grid';
import { mergedWords } from './merge-words';
import { settled, settledSpace, type Agreed, type Region, type Sides } from './regions';

type Parts = readonly ComparedPart[];

/** Merges parts that stand one after another, and what is inside of those that both have changed. */
export const mergedParts = (sides: Sides<Parts>): Region[] => joined(chunksOf(sides).flatMap(decided));

/** Runs of parts, as small as each can be decided by itself. */
function chunksOf({ base, theirs, mine }: Sides<Parts>): Sides<Parts>[] {
  const [ofTheirs, ofMine] = [stepsOf(base, theirs), stepsOf(base, mine)];
  const chunks: Sides<Parts>[] = [];
  for (let index = 0; index <= base.length; index += 1) {
    const [one, other] = [ofTheirs[index], ofMine[index]];
    const added = { base: [], theirs: one?.added ?? [], mine: other?.added ?? [] };
    const kept = { base: base.slice(index, index + 1), theirs: one?.kept ?? [], mine: other?.kept ?? [] };
    // What was put in the place of something is one change with what it replaced.
    if (one?.isReplaced || other?.isReplaced)
      chunks.push({
        base: kept.base,
        theirs: [...added.theirs, ...kept.theirs],
        mine: [...added.mine, ...kept.mine],
      });
    else chunks.push(added, kept);
  }
  return chunks;
}

/** What a side has in front of a part of the base, and in the place of that part. */
interface Step {
  readonly added: Parts;
  readonly kept: Parts;
  readonly isReplaced: boolean;
}

function stepsOf(base: Parts, side: Parts): Step[] {
  const alignment: Alignment = [...align(base, side), side.length];
  let from = 0;
  return alignment.map((place, index) => {
    const to = place ?? alignment.slice(index).find((each) => each !== undefined) ?? side.length;
    const added = side.slice(from, to);
    const kept = place === undefined ? [] : side.slice(place, place + 1);
    from = to + kept.length;
    return { added, kept, isReplaced: place === undefined && added.length > 0 };
  });
}

const keysOf = (parts: Parts): string => parts.map(({ key }) => key).join('\0');
const sourcesOf = (parts: Parts): string[] => parts.map(({ source }) => source);
const isSame = (one: Parts, other: Parts): boolean => one.length === other.length && keysOf(one) === keysOf(other);

function decided({ base, theirs, mine }: Sides<Parts>): Region[] {
  const agreed = (blocks: Parts, by: Agreed['by']): Region[] => [
    { kind: 'agreed', base: sourcesOf(base), blocks: sourcesOf(blocks), by },
  ];
  if (base.length + theirs.length + mine.length === 0) return [];
  // Where both mean the same, the spelling of whoever has changed it.
  if (isSame(theirs, mine))
    return agreed(sourcesOf(mine).join('') === sourcesOf(base).join('') ? theirs : mine, 'nobody');
  if (isSame(base, mine)) return agreed(theirs, 'theirs');
  if (isSame(base, theirs)) return agreed(mine, 'mine');
  const [first, second, third] = [base[0], theirs[0], mine[0]];
  if (first && second && third && base.length * theirs.length * mine.length === 1) {
    const part = { base: first, theirs: second, mine: third };
    const merged = nested(part) ?? reworded(part);
    if (merged) return [merged];
  }
  return [{ kind: 'disputed', base: sourcesOf(base), theirs: sourcesOf(theirs), mine: sourcesOf(mine) }];
}

function reworded(part: Sides<ComparedPart>): Region | undefined {
  const merged = mergedWords(part);
  return merged === undefined ? undefined : { kind: 'agreed', base: [part.base.source], blocks: [merged], by: 'both' };
}

/** A part with what is inside of it. */
interface Container extends Inside {
  readonly before: string;
  /** Its tags, however they are spelt. */
  readonly frame: string;
  /** What its rows have in common, if it has rows. */
  readonly grid: string;
}

function containerOf({ element, source, nodes }: ComparedPart): Container | undefined {
  const inside = element && insideOf(element);
  if (!inside) return undefined;
  const before = source.slice(0, source.length - sourceOf(...nodes).length);
  return { ...inside, before, frame: canonicalStorage(inside.open + inside.close), grid: gridOf(element) };
}

/** Something that holds parts: they are merged one by one, if it stays what it is, or one side alone has changed what it is. */
function nested(part: Sides<ComparedPart>): Region | undefined {
  const [base, theirs, mine] = [part.base, part.theirs, part.mine].map(containerOf);
  if (!base || !theirs || !mine || new Set([part.base, part.theirs, part.mine].map(({ family }) => family)).size > 1)
    return undefined;
  const sides = { base, theirs, mine };
  const frame = settled(sides, (one, other) => one.frame === other.frame);
  const of = (name: 'before' | 'end') => settledSpace({ base: base[name], theirs: theirs[name], mine: mine[name] });
  const regions = new Set([base.grid, theirs.grid, mine.grid]).size === 1 ? mergedInside(sides) : undefined;
  if (!frame || !regions) return undefined;
  const { open, close, needsParts } = frame;
  const by = frame.frame === base.frame ? 'nobody' : frame === theirs ? 'theirs' : 'mine';
  return {
    kind: 'nested',
    frame: { kind: 'agreed', base: [base.open + base.close], blocks: [open + close], by },
    open: of('before') + open,
    regions,
    close: of('end') + close,
    needsParts,
  };
}

function mergedInside({ base, theirs, mine }: Sides<Container>): Region[] | undefined {
  const parts = {
    base: comparedParts(base.parts, writtenKey),
    theirs: comparedParts(theirs.parts, writtenKey),
    mine: comparedParts(mine.parts, writtenKey),
  };
  if (!base.isFixed && !base.grid.startsWith('spanned')) return mergedParts(parts);
  const isEven = base.parts.length === theirs.parts.length && base.parts.length === mine.parts.length;
  if (!isEven) return undefined;
  const regions = parts.base.flatMap((each, index) =>
    decided({ base: [each], theirs: parts.theirs.slice(index, index + 1), mine: parts.mine.slice(index, index + 1) }),
  );
  // A place holds one part: there is no room for two of them.
  return regions.some(({ kind }) => kind === 'disputed') ? undefined : joined(regions);
}

/** Neighbours that the same side made are one region. */
function joined(regions: readonly Region[]): Region[] {
  const found: Region[] = [];
  for (const region of regions) {
    const last = found.at(-1);
    if (region.kind === 'agreed' && last?.kind === 'agreed' && last.by === region.by)
      found[found.length - 1] = {
        ...last,
        base: [...last.base, ...region.base],
        blocks: [...last.blocks, ...region.blocks],
      };
    else found.push(region);
  }
  return found;
}
