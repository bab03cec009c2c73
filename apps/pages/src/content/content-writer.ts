import { Injectable } from '@nestjs/common';
import {
  badRequest,
  conflict,
  forbidden,
  notFound,
  pages,
  refused,
  tags,
  titleKeyOf,
  type Actor,
  type RequestOf,
} from '@tributary/contracts';
import { isUniqueViolation, Writes, type Work } from '@tributary/database';
import { lockParent, siblingsTag } from '../hierarchy/place.js';
import { placeUnder } from '../hierarchy/tree.js';
import { InlineCommentStore } from '../inline-comments/inline-comment-store.js';
import { LabelStore, normaliseLabel } from '../labels/label-store.js';
import { linkNames } from '../links/link-names.js';
import {
  findViewable,
  requireSpace,
  requireView,
  type ContentAccess,
  type SpaceAccess,
} from '../permissions/access.js';
import { contentOwner, PropertyStore } from '../properties/property-store.js';
import { storageOf } from './bodies.js';
import { createOnce } from './created-once.js';
import { lockForEdit, nameChanges, writeVersion } from './next-version.js';
import { moveToTrash, purge, restoreFromTrash } from './trash.js';

type Create = RequestOf<typeof pages.createContent>;
type Update = RequestOf<typeof pages.updateContent>;

/** What a write left behind; `body` where it was sent. */
export interface Written {
  readonly id: string;
  readonly version: number;
  readonly body: string | undefined;
}

export const titleTaken = (title: string, spaceKey: string) =>
  refused(
    'titleTaken',
    `A page with this title already exists: A page already exists with the title ${title} in the space with key ${spaceKey}`,
    title,
    spaceKey,
  );

/** Creates, changes and removes contents; each method is one transaction. */
@Injectable()
export class ContentWriter {
  constructor(
    private readonly writes: Writes,
    private readonly labels: LabelStore,
    private readonly properties: PropertyStore,
    private readonly inlineComments: InlineCommentStore,
  ) {}

  /** `bring` adds to what was made, in the same transaction. */
  async create(request: Create, bring?: (work: Work, id: string) => Promise<void>): Promise<Written> {
    return this.refuseTakenTitle(request.title ?? '', request.spaceKey ?? '', () =>
      createOnce(this.writes, request, async (work) => {
        const made = await this.createWithin(work, request);
        await bring?.(work, made.id);
        return made;
      }),
    );
  }

  /** As create, as a part of a transaction. */
  async createWithin(work: Work, request: Create): Promise<Written> {
    const body = storageOf(request.body);
    const { type, actor } = request;
    const title = request.title ?? (type === 'comment' ? '' : undefined);
    if (title === undefined && request.status !== 'draft') throw refused('titleNeeded', 'A title is needed');
    const place = type === 'comment' ? await commentPlace(work, actor, request) : await pagePlace(work, actor, request);
    const id = await insertContent(work, { ...request, ...place, title: title ?? '' }, body);
    await this.attach(work, id, actor, request);
    if (type === 'comment') await this.placeInline(work, id, place, request);
    work.changes(tags.content(id), tags.title(place.spaceKey, title ?? ''));
    if (type === 'page') work.changes(siblingsTag(place.parentId, place.spaceKey));
    if (place.containerId) work.changes(tags.children(place.containerId));
    work.emit(pages.contentChanged, { ids: [id] });
    return { id, version: 1, body };
  }

  async update(request: Update): Promise<Written> {
    const body = request.body && storageOf(request.body);
    const { actor, id } = request;
    return this.refuseTakenTitle(request.title ?? '', request.spaceKey ?? '', () =>
      this.writes.run(async (work) => {
        const before = await lockForEdit(work, actor, id);
        refuseOtherVersion(before, request);
        await refuseOtherDraft(work, before, request);
        if (request.status === 'trashed') throw badRequest('Use DELETE to move a content to the trash');
        if (before.status === 'trashed') await restoreFromTrash(work, before);
        if (request.parentId !== undefined && before.type === 'page')
          await placeUnder(work, actor, before, request.parentId);
        const version = await writeVersion(work, before, { ...request, userKey: actor.userKey, body });
        await this.attach(work, id, actor, request);
        nameChanges(work, before, request.title);
        return { id, version, body };
      }),
    );
  }

  async delete({ actor, id, status }: RequestOf<typeof pages.deleteContent>): Promise<void> {
    await this.writes.run(async (work) => {
      await work.query(`select 1 from content where id = $1 for update`, [id]);
      const content = await requireView(work, actor, id);
      if (!content.mayDelete && !(content.status === 'draft' && content.createdBy === actor.userKey)) {
        throw forbidden(`The user may not delete the content with id ${id}`);
      }
      if (content.status !== status) throw notFound(`No ${status} content found with id: ContentId{id=${id}}`);
      if (status === 'current' && content.type !== 'comment') await moveToTrash(work, content);
      else await purge(work, [content]);
    });
  }

  /** Where a comment stands inside of a text: an answer where what it answers does. */
  private async placeInline(work: Work, id: string, { parentId, container }: Place, request: Create): Promise<void> {
    if (parentId) return this.inlineComments.answer(work, id, parentId);
    if (!request.inline || !container) return;
    const by = { userKey: request.actor.userKey, message: inlineCommentMessages[request.locale] };
    await this.inlineComments.begin(work, id, container, request.inline, by);
  }

  private async attach(
    work: Work,
    id: string,
    actor: Actor,
    request: Pick<Create, 'labels' | 'properties'>,
  ): Promise<void> {
    if (request.labels) await this.labels.add(work, id, actor.userKey, request.labels.map(normaliseLabel));
    if (request.properties) await this.properties.putAll(work, contentOwner(id), request.properties, actor.userKey);
  }

  private async refuseTakenTitle<T>(title: string, spaceKey: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error, 'content_page_title') || isUniqueViolation(error, 'content_blogpost_title')) {
        throw titleTaken(title, spaceKey);
      }
      throw error;
    }
  }
}

interface Place {
  spaceId: string;
  spaceKey: string;
  parentId: string | null;
  containerId: string | null;
  /** What a comment is on; locked where it stands inside of the text. */
  container?: ContentAccess;
}

/** What the history of a text says of the version by which a marker came into it. */
const inlineCommentMessages = { en: 'Commented on a passage', ja: '本文へのコメント' } as const;

async function pagePlace(work: Work, actor: Actor, request: Create): Promise<Place> {
  const parent = request.parentId ? await lockParent(work, actor, request.parentId) : undefined;
  const key = request.spaceKey ?? parent?.spaceKey;
  if (!key) throw badRequest('A space is needed: space.key');
  const space = await requireSpace(work, actor, key);
  refuseCreation(space, request.type);
  if (parent && parent.spaceId !== space.id) throw badRequest('The parent is in another space');
  if (parent && request.type !== 'page') throw badRequest('Only pages have a parent');
  return { spaceId: space.id, spaceKey: space.key, parentId: parent?.id ?? null, containerId: null };
}

/** Throws where nothing of that type can be made in a space, or not by this user. */
export function refuseCreation(space: SpaceAccess, type: Create['type']): void {
  if (space.status === 'archived') throw refused('spaceArchived', 'The space is archived');
  const may = type === 'blogpost' ? space.mayCreateBlogpost : space.mayCreatePage;
  if (!may) throw forbidden(`The user may not create a ${type} in the space with key ${space.key}`);
}

async function commentPlace(work: Work, actor: Actor, request: Create): Promise<Place> {
  const containerId = request.containerId;
  if (!containerId) throw badRequest('A comment needs its container');
  if (request.inline) await work.query(`select 1 from content where id = $1 for update`, [containerId]);
  const container = await requireView(work, actor, containerId);
  if (container.type === 'comment')
    throw badRequest('The container of a comment is a page or blog post; answer by ancestors');
  const space = await requireSpace(work, actor, container.spaceKey);
  if (!space.mayComment) throw forbidden('The user may not comment in this space');
  const parentId = request.parentId ? await answeredComment(work, actor, request.parentId, containerId) : null;
  return { spaceId: container.spaceId, spaceKey: container.spaceKey, parentId, containerId, container };
}

/** The comment that is answered, locked so that it is still there when its answer is. */
async function answeredComment(work: Work, actor: Actor, id: string, containerId: string): Promise<string> {
  await work.query(`select 1 from content where id = $1 for share`, [id]);
  const comment = await findViewable(work, actor, id);
  if (comment?.type !== 'comment' || comment.containerId !== containerId)
    throw badRequest(`The comment with id ${id} could not be found on this content`);
  return id;
}

/** A draft is saved over without a new number: what tells that somebody else did is when. */
async function refuseOtherDraft(work: Work, { id, status, version }: ContentAccess, request: Update): Promise<void> {
  if (status !== 'draft' || request.followsDraft === undefined) return;
  const rows = await work.query(
    `select 1 from content_version where content_id = $1 and number = $2 and date_trunc('milliseconds', changed_at) = $3::timestamptz`,
    [id, version, request.followsDraft],
  );
  if (rows.length === 0) throw conflict('The draft was changed in another editor');
}

type NewContent = Omit<Create, 'parentId' | 'containerId' | 'title'> & Place & { title: string };

async function insertContent(work: Work, request: NewContent, body: string): Promise<string> {
  const [row] = await work.query<{ id: string }>(
    `with made as (
       insert into content (type, status, space_id, title, title_key, parent_id, container_id, posting_day, created_by, position, links, links_version)
       values ($1, $2, $3, $4, $5, $6, $7, case when $1 = 'blogpost' then current_date end, $8,
         (select max(position) + 1 from content where parent_id = $6 and status = 'current'), $12, 1)
       returning id)
     insert into content_version (content_id, number, title, body, changed_by, message, minor_edit)
     select id, 1, $4, $9, $8, $10, $11 from made returning content_id as id`,
    [
      request.type,
      request.status,
      request.spaceId,
      request.title,
      titleKeyOf(request.title),
      request.parentId,
      request.containerId,
      request.actor.userKey,
      body,
      request.message ?? '',
      request.minorEdit,
      linkNames(body, request.spaceKey),
    ],
  );
  if (!row) throw new Error('The insert answered no id');
  return row.id;
}

function refuseOtherVersion(before: ContentAccess, request: Update): void {
  if (request.type && request.type !== before.type) throw badRequest(`The content is a ${before.type}`);
  if (request.spaceKey && request.spaceKey.toUpperCase() !== before.spaceKey.toUpperCase()) {
    throw badRequest('The content is in another space: move it there instead');
  }
  // A draft keeps version 1 until it is published.
  const expected = before.status === 'draft' ? [before.version, before.version + 1] : [before.version + 1];
  if (!expected.includes(request.version)) {
    throw conflict(`Version must be incremented on update. Current version is: ${before.version}`);
  }
}
