import { badRequest, pages, type Actor, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, type Work, type Writes } from '@tributary/database';
import { requireView } from '../permissions/access.js';
import type { Written } from './content-writer.js';

/**
 * Creates in one transaction, and once for a key of its sender: where there is something under the key already, that is the answer, as it
 * is now. Keys are kept for a day at least.
 */
export async function createOnce(
  writes: Writes,
  { actor, idempotencyKey: key }: Pick<RequestOf<typeof pages.createContent>, 'actor' | 'idempotencyKey'>,
  create: (work: Work) => Promise<Written>,
): Promise<Written> {
  if (key === undefined) return writes.run(create);
  if (actor.userKey === null) throw badRequest('An Idempotency-Key is for users who have signed in');
  try {
    return await writes.run(async (work) => {
      const before = await createdBefore(work, actor, key);
      if (before) return before;
      const made = await create(work);
      await work.query(`insert into created_once (user_key, key, content_id) values ($1, $2, $3)`, [
        actor.userKey,
        key,
        made.id,
      ]);
      return made;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // The same request, sent twice, at the same time: the other one came first, with the key and maybe with a title that is unique.
    const before = await writes.run((work) => createdBefore(work, actor, key));
    if (before) return before;
    throw error;
  }
}

async function createdBefore(work: Work, actor: Actor, key: string): Promise<Written | undefined> {
  const [row] = await work.query<{ id: string }>(
    `select content_id as id from created_once where user_key = $1 and key = $2`,
    [actor.userKey, key],
  );
  if (!row) return undefined;
  const { id, version } = await requireView(work, actor, row.id);
  return { id, version, body: undefined };
}
