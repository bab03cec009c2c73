import { pages } from '@tributary/contracts';
import { textAt, type Json } from '../edge/bodies.js';

/** Where a comment stands, from a request's `inlineProperties` or from what Confluence's own pages send. */
export function inlinePropertiesOf(given: Json): pages.InlineProperties {
  const index = given['matchIndex'];
  return {
    originalSelection: textAt(given, 'originalSelection') ?? '',
    markerRef: textAt(given, 'markerRef') || undefined,
    before: textAt(given, 'before')?.slice(-pages.contextLengthMax),
    after: textAt(given, 'after')?.slice(0, pages.contextLengthMax),
    matchIndex: typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined,
  };
}
