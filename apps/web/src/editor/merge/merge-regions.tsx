import { bodyParts } from '@tributary/editor-document';
import { isMacro, type StorageElement } from '@tributary/storage-format';
import { useId, type ReactNode } from 'react';
import { AllChanges, FoldedChanges, useChanges } from '../../differences/changes-view';
import { frameNames } from '../../differences/compare-bodies';
import { macroNameOf } from '../../differences/inline-text';
import { useTexts } from '../../messages/language';
import type { Agreed, Choice, Disputed, Nested, Region } from './regions';

interface Props {
  readonly regions: readonly Region[];
  /** Who has published meanwhile. */
  readonly name: string;
  choiceOf(region: Disputed): Choice;
  choose(region: Disputed, choice: Choice): void;
}

/** All that either of the two has changed, in the order of the page. */
export function MergeRegions({ regions, ...asking }: Props) {
  return regions.map((region, place) => {
    if (region.kind === 'disputed') return <DisputedRegion key={place} region={region} {...asking} />;
    if (region.kind === 'agreed') return <AgreedRegion key={place} region={region} name={asking.name} />;
    return <NestedRegion key={place} region={region} {...asking} />;
  });
}

const isTouched = (region: Region): boolean => {
  if (region.kind === 'nested') return isTouched(region.frame) || region.regions.some(isTouched);
  return region.kind === 'disputed' || region.by !== 'nobody';
};

/** What holds parts that somebody would look for by its name. */
const namedPlaces = new Set(['table', 'ac:layout', 'ul', 'ol', 'ac:task-list', 'blockquote']);

function NestedRegion({ region, ...asking }: Omit<Props, 'regions'> & { region: Nested }) {
  const { text } = useTexts();
  if (!isTouched(region)) return null;
  const element = bodyParts(region.frame.blocks.join('')).parts[0]?.element;
  const inside = (
    <>
      <AgreedRegion region={region.frame} name={asking.name} />
      <MergeRegions regions={region.regions} {...asking} />
    </>
  );
  if (!element || !(isMacro(element) || namedPlaces.has(element.name))) return inside;
  return <Place label={labelOf(element, (name) => text(`compare.name.${name}`))}>{inside}</Place>;
}

const labelOf = (element: StorageElement, named: (name: NonNullable<(typeof frameNames)[string]>) => string): string =>
  isMacro(element) ? macroNameOf(element) : named(frameNames[element.name] ?? 'block');

function Place({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="merge-place" aria-labelledby={id}>
      <h3 id={id}>{label}</h3>
      {children}
    </section>
  );
}

function AgreedRegion({ region, name }: { region: Agreed; name: string }) {
  // What nobody changed is most of a page: it isn't compared.
  return region.by === 'nobody' ? null : <ChangedRegion region={region} by={region.by} name={name} />;
}

const changedBy = { mine: 'merge.byMe', theirs: 'merge.byThem', both: 'merge.together' } as const;

function ChangedRegion({ region, by, name }: { region: Agreed; by: keyof typeof changedBy; name: string }) {
  const { text } = useTexts();
  const changes = useChanges(region.base.join(''), region.blocks.join(''));
  const label = text(changedBy[by], { name });
  return (
    <section className={`merge-region ${by}`} aria-label={label}>
      <h3>{label}</h3>
      <FoldedChanges changes={changes} />
    </section>
  );
}

function DisputedRegion({ region, name, choiceOf, choose }: Omit<Props, 'regions'> & { region: Disputed }) {
  const { text } = useTexts();
  const group = useId();
  const option = (value: Choice, label: string) => (
    <label>
      <input type="radio" name={group} checked={choiceOf(region) === value} onChange={() => choose(region, value)} />{' '}
      {label}
    </label>
  );
  return (
    <fieldset className="merge-region disputed">
      <legend>{text('merge.both', { name })}</legend>
      <div className="merge-sides">
        <div>
          <h3>{text('merge.base')}</h3>
          <Blocks before={region.base} after={region.base} />
        </div>
        <div>
          {option('theirs', text('merge.theirs', { name }))}
          <Blocks before={region.base} after={region.theirs} />
        </div>
        <div>
          {option('mine', text('merge.mine'))}
          <Blocks before={region.base} after={region.mine} />
        </div>
      </div>
      {option('both', text('merge.keepBoth'))}
    </fieldset>
  );
}

/** A text with marks of what it changed of what was there before. */
function Blocks({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  const { text } = useTexts();
  const changes = useChanges(before.join(''), after.join(''));
  return (
    <>
      {after.length === 0 && (
        <p className="merge-removed">{text(before.length === 0 ? 'merge.nothing' : 'merge.removed')}</p>
      )}
      <AllChanges changes={changes} />
    </>
  );
}
