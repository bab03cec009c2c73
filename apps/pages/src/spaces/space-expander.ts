import { Injectable } from '@nestjs/common';
import type { Actor } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { ContentPresenter } from '../content/content-presenter.js';
import { findRows } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import type { Expansion } from '../content/expansion.js';
import { actorParameters } from '../permissions/access.js';
import { presentSpaceHead, spaceLinks, type SpaceFields } from './space-presenter.js';

export interface SpaceRow extends SpaceFields {
  description: string;
}

export const spaceColumns = `s.id, s.key, s.name, s.type, s.status, s.homepage_id as "homepageId", s.description`;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface How {
  readonly actor: Actor;
  readonly locale: 'en' | 'ja';
  readonly expansion: Expansion;
}

/** Spaces as JSON, with what `expand` asks for. */
@Injectable()
export class SpaceExpander {
  constructor(
    private readonly reads: Reads,
    private readonly contents: ContentPresenter,
  ) {}

  async present(rows: readonly SpaceRow[], how: How): Promise<Record<string, unknown>[]> {
    const homepages = await this.homepages(rows, how);
    const permissions = how.expansion.has('permissions') ? await this.permissions(rows, how.actor) : undefined;
    const expandsHomepage = how.expansion.has('homepage');
    return rows.map((row) => {
      const fields: Record<string, unknown> = {};
      if (how.expansion.has('description'))
        fields['description'] = presentDescription(row, how.expansion.inside('description'));
      const homepage = homepages.get(row.homepageId ?? '');
      if (expandsHomepage && homepage) fields['homepage'] = homepage;
      if (how.expansion.has('metadata')) fields['metadata'] = presentMetadata(how.expansion);
      if (how.expansion.has('icon'))
        fields['icon'] = { path: '/images/logo/default-space-logo-256.png', width: 48, height: 48, isDefault: true };
      if (permissions) fields['permissions'] = permissions.get(row.id) ?? [];
      const all: Record<string, string> = {
        metadata: '',
        icon: '',
        description: '',
        homepage: homepage ? `/rest/api/content/${row.homepageId}` : '',
        permissions: '',
        retentionPolicy: '',
      };
      const unexpanded = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in fields)));
      return { ...presentSpaceHead(row), ...fields, _links: spaceLinks(row.key), _expandable: unexpanded };
    });
  }

  /** Home pages that the actor may view, as far as they are shown; for others the space shows none, and names none. */
  private async homepages(rows: readonly SpaceRow[], { actor, locale, expansion }: How): Promise<Map<string, unknown>> {
    const inside = expansion.inside('homepage');
    const found = await findRows(this.reads, actor, {
      where: `c.id = any($1::bigint[]) and c.status = 'current'`,
      parameters: [rows.flatMap((row) => row.homepageId ?? [])],
      withBody: inside.has('body'),
    });
    if (!expansion.has('homepage')) return new Map(found.map((row) => [row.id, row]));
    const presented = await this.contents.present(found, {
      actor,
      locale,
      expansion: inside,
      dependsOn: new Dependencies(),
    });
    return new Map(presented.map((content) => [String(content['id']), content]));
  }

  /** The actor's own rights by the id of the space, as `expand=permissions` answers to someone who isn't the space's administrator too. */
  private async permissions(spaces: readonly SpaceRow[], actor: Actor): Promise<Map<string, object[]>> {
    const rows = await this.reads.query<{ spaceId: string; targetType: string; operation: string }>(
      `select distinct space_id as "spaceId", target_type as "targetType", operation_key as operation from space_permission p
       where p.space_id = any($1::bigint[]) and may_in_space(p.space_id, p.target_type, p.operation_key, $2, $3, $4) order by 1, 2, 3`,
      [spaces.map(({ id }) => id), ...actorParameters(actor)],
    );
    const rights = Map.groupBy(rows, ({ spaceId }) => spaceId);
    return new Map([...rights].map(([spaceId, found]) => [spaceId, found.map(presentPermission)]));
  }
}

const presentPermission = ({ targetType, operation }: { targetType: string; operation: string }) => ({
  operation: { operation, targetType },
  anonymousAccess: false,
  unlicensedAccess: false,
});

function presentDescription(row: SpaceRow, expansion: Expansion) {
  const one = (representation: string, value: string) => ({ value, representation, embeddedContent: [] });
  return {
    ...(expansion.has('view')
      ? { view: one('view', row.description ? `<p>${escapeHtml(row.description)}</p>` : '') }
      : {}),
    ...(expansion.has('plain') ? { plain: one('plain', row.description) } : {}),
    _expandable: { ...(expansion.has('view') ? {} : { view: '' }), ...(expansion.has('plain') ? {} : { plain: '' }) },
  };
}

const presentMetadata = (expansion: Expansion) => ({
  ...(expansion.has('metadata.labels') ? { labels: { results: [], start: 0, limit: 200, size: 0 } } : {}),
  _expandable: expansion.has('metadata.labels') ? {} : { labels: '' },
});
