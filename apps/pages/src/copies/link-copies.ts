import type { Run } from '@tributary/cluster';
import { titledName } from '../links/link-names.js';
import { rewriteReferences } from '../links/rewrite-references.js';

interface Copied {
  readonly copyId: string;
  readonly spaceKey: string;
  readonly title: string;
  readonly originalSpaceKey: string;
  readonly originalTitle: string;
}

/** Links among the pages that a run has copied lead from copy to copy, not back to the originals. A run that begins anew finds nothing left to do. */
export async function linkCopies(run: Run): Promise<void> {
  const copies = await run.step((work) =>
    work.query<Copied>(
      `select p.copy_id as "copyId", s.key as "spaceKey", c.title, o_space.key as "originalSpaceKey", o.title as "originalTitle"
       from copied_page p join content c on c.id = p.copy_id join space s on s.id = c.space_id
       join content o on o.id = p.original_id join space o_space on o_space.id = o.space_id
       where p.run_id = $1 order by p.copy_id`,
      [run.id],
    ),
  );
  if (copies.length < 2) return;
  const byOriginal = new Map(
    copies.map((copy) => [titledName('page', copy.originalSpaceKey, copy.originalTitle), copy]),
  );
  for (const { copyId, spaceKey } of copies) {
    run.signal.throwIfAborted();
    await run.step(async (work) => {
      await work.query(`select 1 from content where id = $1 for update`, [copyId]);
      await rewriteReferences(work, [copyId], spaceKey, ({ type, spaceKey: key = spaceKey, title }) => {
        const copy = byOriginal.get(titledName(type, key, title));
        return copy && { spaceKey: undefined, title: copy.title };
      });
    });
  }
}
