import { Controller } from '@nestjs/common';
import { pages, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { findAccess } from '../permissions/access.js';

interface Located {
  id: string;
  spaceKey: string;
  containerId: string | null;
}

/** What gateways tell readers of contents that change while they look at them. */
@Controller()
export class ChangesController {
  constructor(private readonly reads: Reads) {}

  @Handle(pages.locateContents)
  async locate({ ids }: RequestOf<typeof pages.locateContents>) {
    const located = await this.reads.query<Located>(
      `select c.id, s.key as "spaceKey", c.container_id as "containerId"
       from content c join space s on s.id = c.space_id where c.id = any($1::bigint[])`,
      [ids],
    );
    return { located };
  }

  @Handle(pages.seeChanges)
  async see({ actor, ids }: RequestOf<typeof pages.seeChanges>) {
    const found = await findAccess(this.reads, actor, ids);
    const changes = found.flatMap(({ id, type, status, spaceKey, containerId, version, ...may }): pages.SeenChange[] =>
      may.mayView && may.mayViewStatus && status !== 'draft'
        ? [{ id, type, status, spaceKey, containerId, version }]
        : [],
    );
    return { changes };
  }
}
