import { Injectable } from '@nestjs/common';
import { attachments, tags, type Actor } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { MessagingClient } from '@tributary/messaging';
import type {
  AttachmentReference,
  ChildrenParent,
  ListChildrenOptions,
  ListedChildren,
  LoadedBody,
  PageReference,
  RenderContext,
  RenderedContent,
  RenderOutputType,
  ResolvedAttachment,
  ResolvedPage,
  ResolvedSpace,
  ResolvedUser,
  UserReference,
} from '@tributary/storage-format';
import { webLink } from '../content/links.js';
import { People } from '../people/people.service.js';
import { actorParameters, mayInSpaceSql } from '../permissions/access.js';
import type { RenderRequest } from './body-presenter.js';
import { ChildLister } from './child-lister.js';
import { findReferenced, type Referenced } from './references.js';

/** Makes what the renderer asks the wiki through, for one reader and one content. */
@Injectable()
export class RenderContexts {
  constructor(
    private readonly reads: Reads,
    private readonly messaging: MessagingClient,
    private readonly people: People,
  ) {}

  create(content: RenderedContent | null, outputType: RenderOutputType, request: RenderRequest): RenderContext {
    return new ReaderContext(this.reads, this.messaging, this.people, content, outputType, request);
  }
}

/** Shows a reader only what that reader may see, and notes where another reader could see something else. */
class ReaderContext implements RenderContext {
  readonly locale;
  private readonly actor: Actor;
  private readonly children: ChildLister;

  constructor(
    private readonly reads: Reads,
    private readonly messaging: MessagingClient,
    private readonly people: People,
    readonly content: RenderedContent | null,
    readonly outputType: RenderOutputType,
    private readonly request: RenderRequest,
  ) {
    this.locale = request.locale;
    this.actor = request.actor;
    this.children = new ChildLister(reads, request.actor);
  }

  async resolvePages(references: readonly PageReference[]): Promise<ResolvedPage[]> {
    const found = await this.find(references, false);
    return found.map((page) => ({ ...page, createUrl: undefined }));
  }

  async loadBody(reference: PageReference): Promise<LoadedBody> {
    const [page] = await this.find([reference], true);
    return page ?? { found: false, dependsOn: [] };
  }

  /** Resolves references in one query. What is hidden from this reader and what isn't there look the same. */
  private async find(
    references: readonly PageReference[],
    withBody: boolean,
  ): Promise<(ResolvedPage & { storage?: string })[]> {
    const rows = await findReferenced(this.reads, this.actor, references, this.content?.spaceKey, withBody);
    return rows.map(({ row, dependsOn }) => {
      if (row && this.differsBetweenReaders(row)) this.request.dependsOn.perActor = true;
      if (!row?.mayView) return { found: false, dependsOn };
      const { id, title, spaceKey, body } = row;
      return { found: true, id, title, spaceKey, url: webLink(row), storage: body ?? '', dependsOn };
    });
  }

  /** Who may see this content may see all of its space that no view restriction hides. */
  private differsBetweenReaders(row: Pick<Referenced, 'spaceKey' | 'restricted'>): boolean {
    return row.restricted || row.spaceKey !== this.content?.spaceKey;
  }

  async resolveUsers(references: readonly UserReference[]): Promise<ResolvedUser[]> {
    return Promise.all(
      references.map(async (reference) => {
        const key = reference.userKey ?? reference.accountId;
        const user = key
          ? await this.people.byKey(key)
          : reference.username
            ? await this.people.byName(reference.username)
            : null;
        const dependsOn = [
          key ? tags.user(key) : tags.username(reference.username ?? ''),
          ...(user ? [tags.user(user.userKey)] : []),
        ];
        if (!user) return { found: false, dependsOn };
        const { userKey, username, displayName } = user;
        return {
          found: true,
          userKey,
          username,
          displayName,
          url: `/display/~${encodeURIComponent(username)}`,
          dependsOn,
        };
      }),
    );
  }

  async resolveSpaces(keys: readonly string[]): Promise<ResolvedSpace[]> {
    const rows = await this.reads.query<{ key: string; name: string }>(
      `select s.key, s.name from space s where upper(s.key) = any($1::text[]) and ${mayInSpaceSql('s.id', 'space', 'read', 2)}`,
      [keys.map((key) => key.toUpperCase()), ...actorParameters(this.actor)],
    );
    return keys.map((key) => {
      const space = rows.find((row) => row.key.toUpperCase() === key.toUpperCase());
      const dependsOn = [tags.space(key), tags.permissions(key)];
      if (key.toUpperCase() !== this.content?.spaceKey.toUpperCase()) this.request.dependsOn.perActor = true;
      return space
        ? { found: true, ...space, url: `/display/${encodeURIComponent(space.key)}`, dependsOn }
        : { found: false, dependsOn };
    });
  }

  async resolveAttachments(references: readonly AttachmentReference[]): Promise<ResolvedAttachment[]> {
    const own = this.content?.id;
    const containers = await this.find(
      references.map((reference) => reference.page ?? { contentId: own ?? '0' }),
      false,
    );
    const names = references.flatMap((reference, index) => {
      const containerId = containers[index]?.id;
      return containerId ? [{ containerId, fileName: reference.filename }] : [];
    });
    const { found } =
      names.length > 0 ? await this.messaging.request(attachments.findByName, { names }) : { found: [] };
    return references.map((reference, index) => {
      const container = containers[index];
      const dependsOn = [...(container?.dependsOn ?? []), ...(container?.id ? [tags.attachments(container.id)] : [])];
      const file = found.find((each) => each.containerId === container?.id && each.fileName === reference.filename);
      if (!file) return { found: false, dependsOn };
      const path = `${file.containerId}/${encodeURIComponent(file.fileName)}?version=${file.version}&api=v2`;
      return {
        found: true,
        id: file.id,
        downloadUrl: `/download/attachments/${path}`,
        thumbnailUrl: `/download/thumbnails/${path}`,
        mediaType: file.mediaType,
        version: file.version,
        containerId: file.containerId,
        dependsOn,
      };
    });
  }

  async listChildren(parent: ChildrenParent, options: ListChildrenOptions): Promise<ListedChildren> {
    if ('spaceRoot' in parent) return this.note(await this.children.belowSpace(parent.spaceRoot, options));
    const [page] = await this.find([parent], false);
    if (!page?.found || !page.id || !page.spaceKey)
      return { found: false, pages: [], dependsOn: page?.dependsOn ?? [] };
    const listed = this.note(await this.children.belowPage(page.id, page.spaceKey, options));
    return { ...listed, dependsOn: [...listed.dependsOn, ...page.dependsOn] };
  }

  private note(listed: ListedChildren & { restricted: boolean; spaceKey: string }): ListedChildren {
    if (this.differsBetweenReaders(listed)) this.request.dependsOn.perActor = true;
    return listed;
  }
}
