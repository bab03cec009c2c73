import { pages } from '@tributary/contracts';
import type { Work } from '@tributary/database';

/** Ids in one event; larger changes are told in several. */
const idsOfEventMax = 500;

/** Tells of many contents in events of bounded size. */
export function emitChanged(work: Work, ids: readonly string[], event = pages.contentChanged): void {
  for (let start = 0; start < ids.length; start += idsOfEventMax) {
    work.emit(event, { ids: ids.slice(start, start + idsOfEventMax) });
  }
}
