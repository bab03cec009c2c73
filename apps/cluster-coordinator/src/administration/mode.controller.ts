import { Controller } from '@nestjs/common';
import { administration, requireSystemAdministrator, tags, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { Audit } from './audit.js';

const columns = `access_mode as "accessMode", banner`;

/**
 * Whether the whole site may be changed. Guarantee: when a change of the mode has been answered, no gateway begins a write under the
 * former mode: they cache it under a tag that is pinned like every other. Writes that were under way then may still finish.
 */
@Controller()
export class ModeController {
  constructor(
    private readonly reads: Reads,
    private readonly audit: Audit,
  ) {}

  @Handle(administration.getMode)
  async get() {
    const rows = await this.reads.query<administration.SiteMode>(`select ${columns} from cluster.site_mode`);
    return { value: only(rows), dependsOn: [tags.siteMode] };
  }

  @Handle(administration.changeMode)
  async change({ actor, accessMode, banner }: RequestOf<typeof administration.changeMode>) {
    requireSystemAdministrator(actor);
    const target = [accessMode, ...(banner === undefined ? [] : ['banner'])].filter(Boolean).join(', ');
    return this.audit.change(actor, { action: 'mode.change', target }, async (work) => {
      work.changes(tags.siteMode);
      const rows = await work.query<administration.SiteMode>(
        `update cluster.site_mode set access_mode = coalesce($1, access_mode), banner = case when $2::boolean then nullif($3, '') else banner end
         returning ${columns}`,
        [accessMode ?? null, banner !== undefined, banner ?? null],
      );
      return only(rows);
    });
  }
}

function only(rows: administration.SiteMode[]): administration.SiteMode {
  const [row] = rows;
  if (!row) throw new Error("The site's mode is gone");
  return row;
}
