import { bodyParts } from '@tributary/editor-document';
import { comparedParts, writtenKey } from '../../differences/parts';
import { mergedParts } from './merge-parts';
import { disputesOf, settled, settledSpace, type Choice, type Disputed, type Region } from './regions';
import { writtenRegions } from './written-regions';

/** Two bodies that were made of the same third one, put together part by part. */
export interface Merge {
  readonly regions: readonly Region[];
  /** Those that somebody has to choose in, in the order of the page. */
  readonly disputes: readonly Disputed[];
  /** The body, with a choice for each of `disputes`. */
  body(choices: readonly Choice[]): string;
}

/**
 * Puts together what two writers made of `base`. What only one of them changed is taken over; where both changed the same part, or one changed
 * what the other removed, neither is lost: both are in a disputed region. Layouts, lists, tables and macros are looked into.
 */
export function mergeBodies(base: string, theirs: string, mine: string): Merge {
  const sides = { base: bodyParts(base), theirs: bodyParts(theirs), mine: bodyParts(mine) };
  const regions = mergedParts({
    base: comparedParts(sides.base.parts, writtenKey),
    theirs: comparedParts(sides.theirs.parts, writtenKey),
    mine: comparedParts(sides.mine.parts, writtenKey),
  });
  const end = settledSpace({ base: sides.base.end, theirs: sides.theirs.end, mine: sides.mine.end });
  const disputes = disputesOf(regions);
  return {
    regions,
    disputes,
    body: (choices) =>
      writtenRegions(regions, new Map(disputes.map((dispute, index) => [dispute, choices[index] ?? 'both']))) + end,
  };
}

/** One line of text that two changed: whose it is when only one did, undefined when both did. */
export function mergeTitles(base: string, theirs: string, mine: string): string | undefined {
  return settled({ base, theirs, mine }, (one, other) => one === other);
}
