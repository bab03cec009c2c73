import { useTexts } from '../../messages/language';
import type { Passage } from '../../rest/inline-comments';
import { unsentPlaces } from '../comments/unsent';
import { shortened } from './panel';

/** A passage without what is only this document's. */
export const passageOf = ({ originalSelection, before, after, matchIndex }: Passage): Passage => ({
  originalSelection,
  before,
  after,
  matchIndex,
});

const beginningOf = (pageId: string): string => `passage-${pageId}-`;

/** Where what is written about a passage is kept. */
export const placeOf = (pageId: string, passage: Passage): string =>
  `${beginningOf(pageId)}${JSON.stringify(passageOf(passage))}`;

/** The passages of a page that somebody has begun to comment on. */
export const unsentPassages = (username: string | undefined, pageId: string): Passage[] =>
  unsentPlaces(username, beginningOf(pageId)).map(
    (place) => JSON.parse(place.slice(beginningOf(pageId).length)) as Passage,
  );

interface UnsentProperties {
  readonly passages: readonly Passage[];
  write(passage: Passage): void;
}

/** The way back to comments that were begun and left. */
export function Unsent({ passages, write }: UnsentProperties) {
  const { text } = useTexts();
  return passages.map((passage) => (
    <p key={JSON.stringify(passage)} className="inline-state">
      <button type="button" className="link" onClick={() => write(passage)}>
        {text('inline.unsent', { quote: shortened(passage.originalSelection) })}
      </button>
    </p>
  ));
}
