import { Injectable } from '@nestjs/common';
import { startTask } from '@tributary/cluster';
import {
  badRequest,
  forbidden,
  pages,
  refused,
  tags,
  titleKeyOf,
  titleLengthMax,
  type Actor,
  type RequestOf,
} from '@tributary/contracts';
import { isUniqueViolation, Writes, type Work } from '@tributary/database';
import { emitChanged } from '../content/change-events.js';
import { purgeBatchMax } from '../content/purge-in-batches.js';
import { purge } from '../content/trash.js';
import { findAccess, requireSpaceAdministrator } from '../permissions/access.js';
import { grantDefaults } from '../permissions/grants.js';
import { deleteSpace, type DeletedSpace } from './delete-space.task.js';

/** What the home page of a new space is called. */
const homepageTitles = { en: (name: string) => `${name} Home`, ja: (name: string) => `${name} ホーム` } as const;

/** That of a personal space is called as its user; a name that leaves no room for more stays alone. */
function homepageTitle({ type, name, locale }: RequestOf<typeof pages.createSpace>): string {
  const title = homepageTitles[locale](name);
  return type === 'personal' || title.length > titleLengthMax ? name : title;
}

/** Creates, changes and removes spaces. */
@Injectable()
export class SpaceWriter {
  constructor(private readonly writes: Writes) {}

  async create(request: RequestOf<typeof pages.createSpace>): Promise<void> {
    const { actor, key, name, type, description } = request;
    refuseCreation(actor, key, type);
    try {
      await this.writes.run(async (work) => {
        const [space] = await work.query<{ id: string }>(
          `insert into space (key, name, type, description, created_by) values ($1, $2, $3, $4, $5) returning id`,
          [key, name, type, description, actor.userKey],
        );
        if (!space || !actor.userKey) throw new Error('The insert answered no id');
        await grantDefaults(work, space.id, actor.userKey, request.private);
        const homepageId = await insertHomepage(work, space.id, actor.userKey, homepageTitle(request));
        work.changes(tags.space(key), tags.permissions(key), tags.content(homepageId), tags.children(key));
        work.emit(pages.contentChanged, { ids: [homepageId] });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'space_key'))
        throw refused('spaceKeyTaken', `A space already exists with key ${key}`, key);
      throw error;
    }
  }

  async update(request: RequestOf<typeof pages.updateSpace>): Promise<void> {
    const { actor, key, name, description, homepageId, status } = request;
    await this.writes.run(async (work) => {
      const space = await requireSpaceAdministrator(work, actor, key);
      if (homepageId !== undefined) await refuseHomepage(work, actor, homepageId, space.id);
      await work.query(
        `update space set name = coalesce($2, name), description = coalesce($3, description), homepage_id = coalesce($4::bigint, homepage_id),
           status = coalesce($5, status) where id = $1`,
        [space.id, name ?? null, description ?? null, homepageId ?? null, status ?? null],
      );
      work.changes(tags.space(space.key));
      if (name !== undefined || status !== undefined) await this.tellContents(work, space.id);
    });
  }

  /** Starts the long task that removes a space with all that is in it; answers its id. */
  async delete({ actor, key }: RequestOf<typeof pages.deleteSpace>): Promise<string> {
    return this.writes.run(async (work) => {
      const space = await requireSpaceAdministrator(work, actor, key);
      const input: DeletedSpace = { spaceId: space.id, key: space.key };
      const title = { key: 'pages.delete-space.title', args: [space.key] };
      return startTask(work, deleteSpace, { input, title, startedBy: actor.userKey });
    });
  }

  async emptyTrash(actor: Actor, key: string): Promise<void> {
    for (let removed = purgeBatchMax; removed === purgeBatchMax;) {
      removed = await this.writes.run(async (work) => {
        const space = await requireSpaceAdministrator(work, actor, key);
        const rows = await work.query<{ id: string }>(
          `select id from content where space_id = $1 and status = 'trashed' order by id limit ${purgeBatchMax} for update`,
          [space.id],
        );
        await purge(
          work,
          await findAccess(
            work,
            actor,
            rows.map((row) => row.id),
          ),
        );
        return rows.length;
      });
    }
  }

  private async tellContents(work: Work, spaceId: string): Promise<void> {
    const rows = await work.query<{ id: string }>(`select id from content where space_id = $1 and status = 'current'`, [
      spaceId,
    ]);
    emitChanged(
      work,
      rows.map((row) => row.id),
    );
  }
}

function refuseCreation(actor: Actor, key: string, type: string): void {
  if (!actor.userKey) throw forbidden('Only signed-in users create spaces');
  const needed = type === 'personal' ? 'personalSpace' : 'createSpace';
  const own = key.toLowerCase() === `~${actor.username.toLowerCase()}`;
  if (type === 'personal' ? !key.startsWith('~') : key.startsWith('~'))
    throw badRequest("A personal space's key is ~ and the username");
  const may =
    actor.permissions.includes(needed) && (type === 'global' || own || actor.permissions.includes('administer'));
  if (!may) throw forbidden('The user may not create this space');
}

async function insertHomepage(work: Work, spaceId: string, userKey: string, title: string): Promise<string> {
  const [row] = await work.query<{ id: string }>(
    `with made as (insert into content (type, status, space_id, title, title_key, created_by, links_version) values ('page', 'current', $1, $2, $3, $4, 1) returning id),
       version as (insert into content_version (content_id, number, title, body, changed_by) select id, 1, $2, '', $4 from made)
     update space set homepage_id = (select id from made) where id = $1 returning homepage_id as id`,
    [spaceId, title, titleKeyOf(title), userKey],
  );
  if (!row) throw new Error('The insert answered no id');
  return row.id;
}

async function refuseHomepage(work: Work, actor: Actor, id: string, spaceId: string): Promise<void> {
  const [page] = /^\d{1,18}$/.test(id) ? await findAccess(work, actor, [id]) : [];
  if (!page?.mayView || page.spaceId !== spaceId || page.type !== 'page' || page.status !== 'current') {
    throw badRequest('The home page must be a current page of the space');
  }
}
