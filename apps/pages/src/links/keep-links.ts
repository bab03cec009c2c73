import { titleKeyOf } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { rewriteReferences } from './rewrite-references.js';

/** Contents have gone to another space: what they name by titles alone stays what it was, but for pages that went along. */
export async function keepLinks(
  work: Work,
  ids: readonly string[],
  formerSpaceKey: string,
  spaceKey: string,
): Promise<void> {
  const titles = await work.query<{ titleKey: string }>(
    `select title_key as "titleKey" from content where id = any($1::bigint[]) and type = 'page' and status = 'current'`,
    [ids],
  );
  const along = new Set(titles.map(({ titleKey }) => titleKey));
  await rewriteReferences(work, ids, spaceKey, ({ type, spaceKey: key, title }) => {
    if (key !== undefined || (type === 'page' && along.has(titleKeyOf(title)))) return undefined;
    return { spaceKey: formerSpaceKey, title };
  });
}
