import type { ContentRow } from '../content/content-rows.js';
import { selfLink } from '../content/links.js';

export interface SpaceFields {
  id: string;
  key: string;
  name: string;
  type: string;
  status: string;
  homepageId: string | null;
}

/** A space with nothing expanded. Its id is a number in Confluence's JSON, unlike contents' ids. */
export const presentSpaceHead = (space: Omit<SpaceFields, 'homepageId'>) => ({
  id: Number(space.id),
  key: space.key,
  name: space.name,
  status: space.status,
  type: space.type,
});

export const spaceLinks = (key: string) => ({
  webui: `/display/${encodeURIComponent(key)}`,
  self: selfLink(`/rest/api/space/${encodeURIComponent(key)}`),
});

/** The space of a content. */
export const presentSpaceOf = (row: ContentRow) => ({
  ...presentSpaceHead({
    id: row.spaceId,
    key: row.spaceKey,
    name: row.spaceName,
    type: row.spaceType,
    status: row.spaceStatus,
  }),
  _links: spaceLinks(row.spaceKey),
  _expandable: {
    metadata: '',
    icon: '',
    description: '',
    // Not its path: the home page may be hidden from some who read this same answer.
    homepage: '',
    permissions: '',
  },
});
