import { bodyLengthMax, tags } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { parseStorage, serialiseStorage, withReferences, type WrittenReference } from '@tributary/storage-format';
import { linkNames } from './link-names.js';

interface Naming {
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

/**
 * Lets contents in a space, and the comments on them, name their pages otherwise. Written into the versions that there are, as they say the
 * same as before; the transaction has locked them. A body that would get too long stays as it is.
 */
export async function rewriteReferences(
  work: Work,
  ids: readonly string[],
  spaceKey: string,
  change: (reference: WrittenReference) => Pick<WrittenReference, 'spaceKey' | 'title'> | undefined,
): Promise<void> {
  const naming = await work.query<Naming>(
    `select c.id, c.version, v.body from content c
     join content_version v on v.content_id = c.id and v.number = c.version
     where (c.id = any($1::bigint[]) or c.container_id = any($1::bigint[])) and v.body ~ '<ri:(page|blog-post)'`,
    [ids],
  );
  for (const { id, version, body } of naming) {
    const document = parseStorage(body);
    const changed = withReferences(document, change);
    const written = changed === document ? body : serialiseStorage(changed);
    if (written.length > bodyLengthMax) continue;
    await work.query(
      `with written as (update content_version set body = $3 where content_id = $1 and number = $2)
       update content set links = $4, links_version = version where id = $1`,
      [id, version, written, linkNames(written, spaceKey)],
    );
    work.changes(tags.content(id));
  }
}
