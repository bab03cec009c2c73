import { Injectable } from '@nestjs/common';
import { badRequest, forbidden, notFound, pages, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes, type Work } from '@tributary/database';
import { emitChanged } from '../content/change-events.js';
import { purge } from '../content/trash.js';
import { findAccess, requireSpaceAdministrator } from '../permissions/access.js';
import { grantDefaults } from '../permissions/grants.js';

/** Contents that one transaction takes out of the trash; a larger trash is emptied in several. */
const purgeBatchMax = 200;

/** Creates, changes and removes spaces. */
@Injectable()
export class SpaceWriter {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

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
        const homepageId = await insertHomepage(
          work,
          space.id,
          actor.userKey,
          type === 'personal' ? name : `${name} Home`,
        );
        work.changes(tags.space(key), tags.permissions(key), tags.content(homepageId), tags.children(key));
        work.emit(pages.contentChanged, { ids: [homepageId] });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'space_key')) throw badRequest(`A space already exists with key ${key}`);
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

  /** Removes a space with all that is in it, in one transaction; answers the id of the task that tells of it. */
  async delete({ actor, key }: RequestOf<typeof pages.deleteSpace>): Promise<string> {
    return this.writes.run(async (work) => {
      const space = await requireSpaceAdministrator(work, actor, key);
      await work.query(`select 1 from space where id = $1 for update`, [space.id]);
      const contents = await work.query<{ id: string }>(`select id from content where space_id = $1`, [space.id]);
      const ids = contents.map((content) => content.id);
      await work.query(`delete from space where id = $1`, [space.id]);
      emitChanged(work, ids);
      emitChanged(work, ids, pages.contentPurged);
      // Every answer of a content depends on its space, so these stand for all of them.
      work.changes(tags.space(space.key), tags.permissions(space.key), tags.children(space.key));
      const [task] = await work.query<{ id: string }>(
        `insert into long_task (name, started_by, finished_at, successful, message) values ($1, $2, now(), true, $3) returning id`,
        [`Delete space ${space.key}`, actor.userKey, `${ids.length} contents removed`],
      );
      return task?.id ?? '';
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

  /** A task as `GET /longtask/{id}` shows it, to who started it and to administrators. */
  async longTask(actor: Actor, id: string): Promise<Record<string, unknown>> {
    const [task] = await this.reads.query<{
      id: string;
      name: string;
      seconds: number;
      successful: boolean;
      message: string;
    }>(
      `select id, name, extract(epoch from coalesce(finished_at, now()) - started_at)::float as seconds, successful, message
       from long_task where id::text = $1 and (started_by = $2 or $3)`,
      [id, actor.userKey, actor.permissions.includes('administer')],
    );
    if (!task) throw notFound(`No long task found with id : ${id}`);
    return {
      id: task.id,
      name: { key: task.name, args: [] },
      elapsedTime: Math.round(task.seconds * 1_000),
      percentageComplete: 100,
      finished: true,
      successful: task.successful,
      messages: [{ key: task.message, args: [], translation: task.message }],
    };
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
    `with made as (insert into content (type, status, space_id, title, title_key, created_by) values ('page', 'current', $1, $2, $3, $4) returning id),
       version as (insert into content_version (content_id, number, title, body, changed_by) select id, 1, $2, '', $4 from made)
     update space set homepage_id = (select id from made) where id = $1 returning homepage_id as id`,
    [spaceId, title, title.toLowerCase(), userKey],
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
