import { baseUrlMark } from '@tributary/contracts';

export const presentGroup = (name: string) => ({
  type: 'group',
  name,
  _links: { self: `${baseUrlMark}/rest/api/group/${encodeURIComponent(name)}` },
});
