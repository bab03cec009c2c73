import { declareJob, type Run } from '@tributary/cluster';
import { attachments, forbidden, identity, type Actor, type pages, type RequestOf } from '@tributary/contracts';
import { Reads, type Work } from '@tributary/database';
import { MessagingClient } from '@tributary/messaging';
import type { StartedContext } from '@tributary/service';
import { childOrder, findRow } from '../content/content-rows.js';
import { ContentWriter } from '../content/content-writer.js';
import { findViewable } from '../permissions/access.js';
import { bringAlong, copiedPage } from './copied-page.js';
import { copiedTitle } from './copied-titles.js';
import { linkCopies } from './link-copies.js';

/** Who may do what is asked anew for each page, so that rights which are taken away meanwhile are gone. */
export type HierarchyCopy = Omit<RequestOf<typeof pages.copyHierarchy>, 'actor'> & { readonly userKey: string | null };

/** A page that is to be copied below a copy. */
interface Next {
  readonly id: string;
  readonly parentId: string;
}

/** Copies a page and those below it, one after another, each in a step of its own. Pages that its starter can't view stay out, with all below them. */
export const copyHierarchy = declareJob<StartedContext>(
  {
    name: 'pages.copy-hierarchy',
    description: 'Copies a page with the pages below it',
    schedule: null,
    timeoutMillis: 6 * 3_600_000,
    concurrency: 10,
  },
  async (run, { get }) => {
    const input = run.input as HierarchyCopy;
    const total = await get(Reads).query<{ count: number }>(
      `with recursive below(id) as (
         select $1::bigint union select c.id from content c join below b on c.parent_id = b.id where c.status = 'current')
       select count(*)::int as count from below`,
      [input.id],
    );
    const queue: Next[] = [{ id: input.id, parentId: input.parentId }];
    for (let done = 0, next = queue.shift(); next !== undefined; next = queue.shift()) {
      run.signal.throwIfAborted();
      const { id } = next;
      const actor = await currentActor(get(MessagingClient), input.userKey);
      const copyId = await run.step((work) => copyOnce(work, run, actor, get(ContentWriter), next as Next));
      if (copyId === undefined) continue;
      if (input.attachments) await copyFilesOnce(run, get(MessagingClient), { actor, fromId: id, toId: copyId });
      if (input.descendants) queue.push(...(await childrenOf(get(Reads), run, id, copyId)));
      done += 1;
      run.progress((99 * done) / Math.max(total[0]?.count ?? 1, done, 1), { key: 'jobs.copied', args: [done] });
    }
    await linkCopies(run);
    await run.commit(async (work) => {
      await work.query(`delete from copied_page where run_id = $1`, [run.id]);
    });
  },
);

async function currentActor(messaging: MessagingClient, userKey: string | null): Promise<Actor> {
  const { actor } = await messaging.request(identity.currentActor, { userKey });
  if (actor === null) throw forbidden('Who started it may not use the site any more');
  return actor;
}

/** The copy of a page, which an earlier attempt may have made; undefined where the starter can't view the page. */
async function copyOnce(work: Work, run: Run, actor: Actor, writer: ContentWriter, { id, parentId }: Next) {
  const input = run.input as HierarchyCopy;
  const [made] = await work.query<{ copyId: string }>(
    `select copy_id as "copyId" from copied_page where run_id = $1 and original_id = $2`,
    [run.id, id],
  );
  if (made) return made.copyId;
  const original = await findRow(work, actor, id, { withBody: true });
  if (!original?.mayView || original.contentStatus !== 'current') return undefined;
  const into = await findViewable(work, actor, parentId);
  const copy = await writer.createWithin(work, {
    ...copiedPage(actor, original, input, into?.spaceKey),
    title: copiedTitle(original.title, input.titles),
    parentId,
  });
  await bringAlong(work, actor, id, copy.id, input);
  await work.query(`insert into copied_page (run_id, original_id, copy_id) values ($1, $2, $3)`, [run.id, id, copy.id]);
  return copy.id;
}

async function copyFilesOnce(
  run: Run,
  messaging: MessagingClient,
  files: RequestOf<typeof attachments.copyAll>,
): Promise<void> {
  const key = [run.id, files.fromId];
  const [row] = await run.step((work) =>
    work.query<{ hasFiles: boolean }>(
      `select has_files as "hasFiles" from copied_page where run_id = $1 and original_id = $2`,
      key,
    ),
  );
  if (row?.hasFiles !== false) return;
  await messaging.request(attachments.copyAll, files);
  await run.step((work) =>
    work.query(`update copied_page set has_files = true where run_id = $1 and original_id = $2`, key),
  );
}

/** The children in their order, but for what this run has put there. */
async function childrenOf(reads: Reads, run: Run, id: string, copyId: string): Promise<Next[]> {
  const rows = await reads.query<{ id: string }>(
    `select c.id from content c where c.parent_id = $1 and c.type = 'page' and c.status = 'current'
     and not exists (select 1 from copied_page p where p.run_id = $2 and p.copy_id = c.id) order by ${childOrder}`,
    [id, run.id],
  );
  return rows.map((row) => ({ id: row.id, parentId: copyId }));
}
