import { declareJob } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';
import { StorageFormatError } from '@tributary/storage-format';
import { linkNames } from './link-names.js';

const batchMax = 200;

interface Behind {
  readonly id: string;
  readonly version: number;
  readonly spaceKey: string;
  readonly body: string;
}

/** Notes the links of contents that were written by a copy of this service that didn't know of them yet. */
export const linkIndex = declareJob<StartedContext>(
  {
    name: 'pages.link-index',
    description: 'Notes which pages a page links to, where that isn’t known yet',
    schedule: { cron: '0 */10 * * * *', timeZone: 'UTC' },
  },
  async (run) => {
    let noted = 0;
    for (let count = batchMax; count === batchMax;) {
      run.signal.throwIfAborted();
      count = await run.step(async (work) => {
        const behind = await work.query<Behind>(
          `select c.id, c.version, s.key as "spaceKey", v.body from content c join space s on s.id = c.space_id
           join content_version v on v.content_id = c.id and v.number = c.version
           where c.links_version <> c.version order by c.id limit ${batchMax} for update of c`,
        );
        await work.query(
          `update content c set links = (select array_agg(name) from jsonb_array_elements_text(nullif(n.links, 'null'::jsonb)) as name), links_version = c.version
           from jsonb_to_recordset($1::jsonb) as n(id bigint, links jsonb) where c.id = n.id`,
          [JSON.stringify(behind.map(({ id, body, spaceKey }) => ({ id, links: namesIn(body, spaceKey) })))],
        );
        return behind.length;
      });
      noted += count;
      run.progress(50, { key: 'jobs.indexed', args: [noted] });
    }
  },
);

/** A body that nobody can read any more names nothing. */
function namesIn(body: string, spaceKey: string): string[] | null {
  try {
    return linkNames(body, spaceKey);
  } catch (error) {
    if (error instanceof StorageFormatError) return null;
    throw error;
  }
}
