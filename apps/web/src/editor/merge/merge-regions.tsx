import { useTexts } from '../../messages/language';
import { BlocksView } from './blocks-view';
import type { Agreed, Choice, Disputed, Region } from './merge-bodies';

interface Props {
  readonly regions: readonly Region[];
  readonly pageId: string;
  /** Who has published meanwhile. */
  readonly name: string;
  readonly choices: readonly Choice[];
  choose(index: number, choice: Choice): void;
}

/** All that either of the two has changed, in the order of the page. */
export function MergeRegions({ regions, pageId, name, choices, choose }: Props) {
  const { text } = useTexts();
  let disputed = -1;
  return regions.map((region, place) => {
    if (region.kind === 'agreed') {
      if (region.by === 'nobody') return null;
      const label = region.by === 'mine' ? text('merge.byMe') : text('merge.byThem', { name });
      return <AgreedRegion key={place} region={region} label={label} pageId={pageId} />;
    }
    disputed += 1;
    const index = disputed;
    return (
      <DisputedRegion
        key={place}
        region={region}
        name={name}
        index={index}
        pageId={pageId}
        choice={choices[index] ?? 'both'}
        choose={(choice) => choose(index, choice)}
      />
    );
  });
}

function AgreedRegion({ region, label, pageId }: { region: Agreed; label: string; pageId: string }) {
  return (
    <section className={`merge-region ${region.by}`} aria-label={label}>
      <h3>{label}</h3>
      <Blocks blocks={region.blocks} pageId={pageId} />
    </section>
  );
}

interface DisputedProps {
  readonly region: Disputed;
  readonly name: string;
  readonly index: number;
  readonly pageId: string;
  readonly choice: Choice;
  choose(choice: Choice): void;
}

function DisputedRegion({ region, name, index, pageId, choice, choose }: DisputedProps) {
  const { text } = useTexts();
  const option = (value: Choice, label: string) => (
    <label>
      <input type="radio" name={`region-${index}`} checked={choice === value} onChange={() => choose(value)} /> {label}
    </label>
  );
  return (
    <fieldset className="merge-region disputed">
      <legend>{text('merge.both', { name })}</legend>
      <div className="merge-sides">
        <div>
          {option('theirs', text('merge.theirs', { name }))}
          <Blocks blocks={region.theirs} pageId={pageId} />
        </div>
        <div>
          {option('mine', text('merge.mine'))}
          <Blocks blocks={region.mine} pageId={pageId} />
        </div>
      </div>
      {option('both', text('merge.keepBoth'))}
    </fieldset>
  );
}

function Blocks({ blocks, pageId }: { blocks: readonly string[]; pageId: string }) {
  const { text } = useTexts();
  if (blocks.length === 0) return <p className="merge-removed">{text('merge.removed')}</p>;
  return <BlocksView blocks={blocks} pageId={pageId} />;
}
