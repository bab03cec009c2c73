import { isLineSource } from '@tributary/editor-document';
import type { Choice, Disputed, Region } from './regions';

/** The text of regions, with a choice for each that is disputed. */
export function writtenRegions(regions: readonly Region[], choices: ReadonlyMap<Disputed, Choice>): string {
  let written = '';
  let endsInLine = false;
  for (const blocks of regions.flatMap((region) => runsOf(region, choices))) {
    const [first, ...others] = blocks;
    if (first === undefined) continue;
    // Two lines of text side by side would be one.
    written += endsInLine && isLineSource(first) ? `<p>${first}</p>` : first;
    written += others.join('');
    endsInLine = isLineSource(blocks.at(-1) ?? '');
  }
  return written;
}

/** Blocks that one writer has put one after another. */
function runsOf(region: Region, choices: ReadonlyMap<Disputed, Choice>): (readonly string[])[] {
  if (region.kind === 'agreed') return [region.blocks];
  if (region.kind === 'disputed') {
    const choice = choices.get(region) ?? 'both';
    return choice === 'both' ? [region.theirs, region.mine] : [region[choice]];
  }
  const inside = writtenRegions(region.regions, choices);
  return region.needsParts && inside === '' ? [] : [[region.open + inside + region.close]];
}
