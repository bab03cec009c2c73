import { Injectable } from '@nestjs/common';
import { tags, type Actor } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { InlineCommentStore, type InlineComment } from '../inline-comments/inline-comment-store.js';
import { LabelStore } from '../labels/label-store.js';
import { People } from '../people/people.service.js';
import { PropertyStore } from '../properties/property-store.js';
import { BodyPresenter, type Locale } from '../rendering/body-presenter.js';
import { RestrictionStore } from '../restrictions/restriction-store.js';
import { presentSpaceOf } from '../spaces/space-presenter.js';
import { presentChildTypes } from './child-types.js';
import { findAncestors, type ContentRow } from './content-rows.js';
import type { Dependencies } from './dependencies.js';
import type { Expansion } from './expansion.js';
import { selfLink, tinyLink, webLink } from './links.js';
import { ListExpander } from './list-expander.js';
import { isoDate, presentHistory, presentVersion } from './version-presenter.js';

/** For whom contents are presented, and how far. */
export interface Presentation {
  readonly actor: Actor;
  readonly expansion: Expansion;
  readonly locale: Locale;
  readonly dependsOn: Dependencies;
}

type Fields = Record<string, unknown>;

/** Turns rows into Confluence's content JSON; batches what several contents of a list need. */
@Injectable()
export class ContentPresenter {
  constructor(
    private readonly reads: Reads,
    private readonly people: People,
    private readonly labels: LabelStore,
    private readonly properties: PropertyStore,
    private readonly restrictions: RestrictionStore,
    private readonly bodies: BodyPresenter,
    private readonly lists: ListExpander,
    private readonly inlineComments: InlineCommentStore,
  ) {}

  async present(rows: readonly ContentRow[], how: Presentation): Promise<Fields[]> {
    const { expansion, dependsOn } = how;
    for (const row of rows) {
      dependsOn.add(tags.content(row.id), tags.space(row.spaceKey));
      // A comment shows its container's title.
      if (row.containerId) dependsOn.add(tags.content(row.containerId));
    }
    const ids = rows.map((row) => row.id);
    const comments = rows.filter((row) => row.type === 'comment').map((row) => row.id);
    const inline = comments.length > 0 ? await this.inlineComments.ofComments(comments) : none;
    for (const { threadId } of inline.values()) dependsOn.add(tags.content(threadId));
    const [user, ancestors, labels, properties, restrictions, childTypes] = await Promise.all([
      this.people.byKeys(
        [
          ...rows.flatMap((row) => [row.createdBy, row.changedBy]),
          ...[...inline.values()].map((each) => each.changedBy),
        ],
        usersShown(expansion) ? dependsOn : how.dependsOn,
      ),
      expansion.has('ancestors') ? findAncestors(this.reads, ids) : undefined,
      expansion.has('metadata.labels') ? this.labels.ofContents(ids, how.actor.userKey) : undefined,
      expansion.has('metadata.properties')
        ? this.properties.ofContents(ids, expansion.inside('metadata.properties').names())
        : undefined,
      expansion.has('restrictions') ? this.restrictions.present(ids, dependsOn) : undefined,
      expansion.has('childTypes')
        ? presentChildTypes(this.reads, how.actor, rows, expansion.inside('childTypes'), dependsOn)
        : undefined,
    ]);
    if (labels?.perReader) dependsOn.perActor = true;
    return Promise.all(
      rows.map(async (row) => {
        const more = expandable(row, expansion);
        if (expansion.has('space')) more.fields['space'] = presentSpaceOf(row);
        if (expansion.has('history'))
          more.fields['history'] = await presentHistory(row, expansion.inside('history'), user, this.reads);
        if (expansion.has('version')) more.fields['version'] = presentVersion(row, user);
        if (ancestors) more.fields['ancestors'] = this.presentAncestors(row, ancestors.get(row.id) ?? [], dependsOn);
        if (expansion.has('container')) more.fields['container'] = presentContainer(row);
        if (expansion.has('body'))
          more.fields['body'] = await this.bodies.present(row, expansion.inside('body').names(), how);
        if (restrictions) {
          dependsOn.add(tags.permissions(row.spaceKey));
          more.fields['restrictions'] = restrictions.get(row.id);
        }
        if (childTypes) more.fields['childTypes'] = childTypes.get(row.id);
        if (expansion.has('metadata')) {
          more.fields['metadata'] = presentMetadata(
            row,
            expansion,
            labels?.labels.get(row.id),
            properties?.get(row.id),
          );
        }
        await this.lists.expand(row, how, more.fields, (children, inside) =>
          this.present(children, { ...how, expansion: inside }),
        );
        return {
          ...head(row),
          ...more.fields,
          extensions: presentExtensions(row, inline.get(row.id), expansion.inside('extensions'), user),
          _links: links(row),
          _expandable: more.unexpanded,
        };
      }),
    );
  }

  private presentAncestors(
    row: ContentRow,
    above: readonly { id: string; title: string }[],
    dependsOn: Dependencies,
  ): Fields[] {
    return above.map(({ id, title }) => {
      dependsOn.add(tags.content(id));
      const page = {
        ...row,
        id,
        title,
        status: 'current' as const,
        parentId: null,
      };
      return {
        ...head(page),
        extensions: extensionsOf(page),
        _links: links(page),
        _expandable: expandable(page, null).unexpanded,
      };
    });
  }
}

const none: ReadonlyMap<string, InlineComment> = new Map();

const usersShown = (expansion: Expansion): boolean => expansion.has('history') || expansion.has('version');

type Head = Pick<ContentRow, 'id' | 'type' | 'status' | 'title'> & { containerTitle?: string | null };

const head = (row: Head): Fields => ({
  id: row.id,
  type: row.type,
  status: row.status,
  title: row.type === 'comment' ? `Re: ${row.containerTitle ?? ''}` : row.title,
});

function extensionsOf(row: ContentRow): Fields {
  if (row.type === 'comment') return { location: 'footer' };
  return row.type === 'page' ? { position: row.position === null ? 'none' : Math.round(row.position) } : {};
}

/** As above, with where a comment stands inside of a text. Whose marker is gone from the text, dangles. */
function presentExtensions(
  row: ContentRow,
  inline: InlineComment | undefined,
  expansion: Expansion,
  user: (key: string | null) => object,
): Fields {
  if (!inline) return extensionsOf(row);
  const { markerRef, originalSelection, status, isPlaced, changedBy, changedAt } = inline;
  const changed = changedAt ? { lastModifier: user(changedBy), lastModifiedDate: isoDate(changedAt) } : {};
  const all: Fields = {
    inlineProperties: { markerRef, originalSelection },
    resolution: { status: status !== 'resolved' && !isPlaced ? 'dangling' : status, ...changed },
  };
  const hidden = Object.keys(all).filter((name) => !expansion.has(name));
  return {
    location: 'inline',
    ...Object.fromEntries(Object.entries(all).filter(([name]) => expansion.has(name))),
    _expandable: Object.fromEntries(hidden.map((name) => [name, ''])),
  };
}

const links = (row: ContentRow): Fields => ({
  webui: webLink(row),
  edit: row.type === 'comment' ? undefined : `/pages/resumedraft.action?draftId=${row.id}`,
  tinyui: row.type === 'comment' ? undefined : tinyLink(row.id),
  self: selfLink(
    `/rest/api/content/${row.id}${row.status === 'historical' ? `?status=historical&version=${row.version}` : ''}`,
  ),
});

function presentContainer(row: ContentRow): Fields {
  if (!row.containerId) return presentSpaceOf(row);
  const container = {
    id: row.containerId,
    type: row.containerType ?? 'page',
    title: row.containerTitle ?? '',
    spaceKey: row.spaceKey,
  };
  return {
    ...head({ ...container, status: 'current' } as Pick<ContentRow, 'id' | 'type' | 'status' | 'title'>),
    _links: { webui: webLink(container), self: selfLink(`/rest/api/content/${container.id}`) },
    _expandable: {},
  };
}

function presentMetadata(
  row: ContentRow,
  expansion: Expansion,
  labels: Fields[] | undefined,
  properties: Fields | undefined,
): Fields {
  const path = `/rest/api/content/${row.id}`;
  const unexpanded: Fields = { currentuser: '', frontend: '', likes: '', editorHtml: '' };
  const fields: Fields = {};
  if (labels) {
    const list = { results: labels, start: 0, limit: 200, size: labels.length };
    fields['labels'] = { ...list, _links: { self: selfLink(`${path}/label`) } };
  } else unexpanded['labels'] = '';
  if (properties) fields['properties'] = { ...properties, _links: { self: selfLink(`${path}/property`) } };
  else unexpanded['properties'] = '';
  return { ...fields, _expandable: unexpanded };
}

/** What a content could show beyond what is expanded, with the path that shows it. */
function expandable(row: ContentRow, expansion: Expansion | null): { fields: Fields; unexpanded: Fields } {
  const path = `/rest/api/content/${row.id}`;
  const all: Record<string, string> = {
    container: row.containerId ? `/rest/api/content/${row.containerId}` : `/rest/api/space/${row.spaceKey}`,
    metadata: '',
    operations: '',
    childTypes: '',
    children: `${path}/child`,
    restrictions: `${path}/restriction/byOperation`,
    history: `${path}/history`,
    ancestors: '',
    body: '',
    version: '',
    descendants: `${path}/descendant`,
    space: `/rest/api/space/${row.spaceKey}`,
  };
  const unexpanded = Object.fromEntries(Object.entries(all).filter(([name]) => !expansion?.has(name)));
  return { fields: {}, unexpanded };
}
