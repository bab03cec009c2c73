import { tags, type Actor } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { copiedBody, serialiseStorage } from '@tributary/storage-format';
import { parseBody } from '../content/bodies.js';
import type { ContentRow } from '../content/content-rows.js';

/** What goes with a copy; `attachments` is whether the copy gets files of its own. */
export interface Along {
  readonly labels: boolean;
  readonly restrictions: boolean;
  readonly properties: boolean;
  readonly attachments: boolean;
}

/** What a copy in a space is made of, before it has a place and a title. `spaceKey` undefined: a space that isn't there for the actor. */
export function copiedPage(actor: Actor, original: ContentRow, along: Along, spaceKey: string | undefined) {
  const isElsewhere = spaceKey?.toUpperCase() !== original.spaceKey.toUpperCase();
  const body = copiedBody(
    parseBody(original.body ?? ''),
    along.attachments ? undefined : original.id,
    isElsewhere ? original.spaceKey : undefined,
  );
  return {
    actor,
    type: 'page' as const,
    status: 'current' as const,
    body: { representation: 'storage' as const, value: serialiseStorage(body) },
    minorEdit: false,
    locale: 'en' as const,
    expand: [],
  };
}

/** What hangs on the original and goes with the copy, in the transaction that makes it. */
export async function bringAlong(
  work: Work,
  actor: Actor,
  originalId: string,
  copyId: string,
  along: Along,
): Promise<void> {
  if (along.labels) {
    await work.query(
      `insert into content_label (content_id, label_id, created_by)
       select $2, cl.label_id, $3 from content_label cl join label l on l.id = cl.label_id where cl.content_id = $1 and l.owner = ''`,
      [originalId, copyId, actor.userKey],
    );
  }
  if (along.properties) {
    await work.query(
      `insert into property (content_id, key, value, changed_by) select $2, key, value, $3 from property where content_id = $1`,
      [originalId, copyId, actor.userKey],
    );
  }
  if (!along.restrictions) return;
  const restrictions = await work.query<{ spaceKey: string }>(
    `insert into restriction (content_id, operation, subject_kind, subject)
     select $2, operation, subject_kind, subject from restriction where content_id = $1
     returning (select s.key from content c join space s on s.id = c.space_id where c.id = $2) as "spaceKey"`,
    [originalId, copyId],
  );
  work.changes(...restrictions.map(({ spaceKey }) => tags.permissions(spaceKey)));
}
