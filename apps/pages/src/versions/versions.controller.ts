import { Controller } from '@nestjs/common';
import { badRequest, notFound, pages, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { findRow, type ContentRow } from '../content/content-rows.js';
import { ContentWriter } from '../content/content-writer.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import {
  findVersion,
  listVersions,
  presentHistory,
  presentVersion,
  type VersionFields,
} from '../content/version-presenter.js';
import { People } from '../people/people.service.js';
import { requireEdit, requireView } from '../permissions/access.js';

const noVersion = (id: string, version: number) =>
  notFound(`No version ${version} found of content with id: ContentId{id=${id}}`);

/** The past of a content. */
@Controller()
export class VersionsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly people: People,
    private readonly presenter: ContentPresenter,
    private readonly writer: ContentWriter,
  ) {}

  @Handle(pages.getHistory)
  async history({ actor, id, expand }: RequestOf<typeof pages.getHistory>) {
    await requireView(this.reads, actor, id);
    const row = await this.row(actor, id, undefined, false);
    const expansion =
      expand.length > 0 ? Expansion.of(expand) : Expansion.of(['previousVersion', 'nextVersion', 'lastUpdated']);
    const user = await this.people.byKeys(await this.authors(row), new Dependencies());
    return (await presentHistory(row, expansion, user, this.reads)) as Record<string, unknown>;
  }

  @Handle(pages.listVersions)
  async list({ actor, id, expand, start, limit }: RequestOf<typeof pages.listVersions>) {
    await requireView(this.reads, actor, id);
    const rows = await listVersions(this.reads, id, start, limit + 1);
    return { results: await this.present(actor, rows.slice(0, limit), expand), hasMore: rows.length > limit };
  }

  @Handle(pages.getVersion)
  async get({ actor, id, version, expand }: RequestOf<typeof pages.getVersion>) {
    await requireView(this.reads, actor, id);
    const row = await findVersion(this.reads, id, version);
    if (!row) throw noVersion(id, version);
    const [presented] = await this.present(actor, [row], expand);
    return presented ?? {};
  }

  @Handle(pages.restoreVersion)
  async restore({ actor, id, version, message, restoreTitle, expand }: RequestOf<typeof pages.restoreVersion>) {
    await requireEdit(this.reads, actor, id);
    const [old, current] = [await this.row(actor, id, version, true), await this.row(actor, id, undefined, false)];
    await this.writer.update({
      actor,
      id,
      version: current.latestVersion + 1,
      title: restoreTitle ? old.title : undefined,
      body: { representation: 'storage', value: old.body ?? '' },
      message,
      minorEdit: false,
      expand: [],
      locale: 'en',
    });
    const now = await findVersion(this.reads, id, current.latestVersion + 1);
    const [presented] = await this.present(actor, now ? [now] : [], expand);
    return presented ?? {};
  }

  @Handle(pages.deleteVersion)
  async delete({ actor, id, version }: RequestOf<typeof pages.deleteVersion>) {
    await this.writes.run(async (work) => {
      await work.query(`select 1 from content where id = $1 for update`, [id]);
      const content = await requireEdit(work, actor, id);
      if (content.version === version) throw badRequest('The current version can not be removed');
      const removed = await work.query(
        `delete from content_version where content_id = $1 and number = $2 returning 1`,
        [id, version],
      );
      if (removed.length === 0) throw noVersion(id, version);
      work.changes(tags.content(id));
    });
    return {};
  }

  private async present(
    actor: Actor,
    rows: readonly VersionFields[],
    expand: readonly string[],
  ): Promise<Record<string, unknown>[]> {
    const user = await this.people.byKeys(
      rows.map((row) => row.changedBy),
      new Dependencies(),
    );
    const expansion = Expansion.of(expand);
    return Promise.all(
      rows.map(async (row) => {
        const version: Record<string, unknown> = presentVersion(row, user);
        if (!expansion.has('content')) return version;
        const content = await this.row(actor, row.id, row.version, expansion.has('content.body'));
        const how = {
          actor,
          expansion: expansion.inside('content'),
          locale: 'en' as const,
          dependsOn: new Dependencies(),
        };
        return { ...version, content: (await this.presenter.present([content], how))[0] };
      }),
    );
  }

  private async row(actor: Actor, id: string, version: number | undefined, withBody: boolean): Promise<ContentRow> {
    const row = await findRow(this.reads, actor, id, { version, withBody });
    if (!row?.mayView) throw noVersion(id, version ?? 0);
    return row;
  }

  private async authors(row: ContentRow): Promise<(string | null)[]> {
    const rows = await this.reads.query<{ key: string | null }>(
      `select distinct changed_by as key from content_version where content_id = $1 limit 100`,
      [row.id],
    );
    return [row.createdBy, row.changedBy, ...rows.map((each) => each.key)];
  }
}
