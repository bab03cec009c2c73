import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ask,
  at,
  cluster,
  column,
  done,
  newPage,
  newSpace,
  newUser,
  read,
  refused,
  storage,
  under,
  type Json,
} from './wiki.js';

/** More than fits into pages of two, so that every list has three. */
const many = [1, 2, 3, 4, 5];
let space: string;
let parent: string;

const content = (path: string): string => `/rest/api/content/${parent}${path}`;

beforeAll(async () => {
  space = await newSpace();
  // Lists of spaces have more than one, whichever specs ran before.
  await newSpace();
  parent = await newPage(space, 'Listed', { metadata: { labels: many.map((each) => ({ name: `label${each}` })) } });
  for (const each of many) {
    const page = await newPage(space, `Child ${each}`, under(parent));
    await done('POST', '/rest/api/content', { type: 'comment', container: { id: parent }, body: storage('x') });
    await done('POST', content('/property'), { key: `key${each}`, value: each });
    await done('POST', `/rest/api/space/${space}/property`, { key: `key${each}`, value: each });
    await done('PUT', content(''), { type: 'page', title: 'Listed', version: { number: each + 1 } });
    const form = new FormData();
    form.append('file', new Blob(['x']), `file${each}.txt`);
    await done('POST', content('/child/attachment'), form, { headers: { 'x-atlassian-token': 'no-check' } });
    const { as } = await newUser('listed');
    await done('POST', `/rest/api/user/watch/content/${parent}`, undefined, { as });
    await done('POST', `/rest/api/user/watch/space/${space}`, undefined, { as });
    await done('DELETE', `/rest/api/content/${page}`);
    await done('PUT', `/rest/api/content/${page}`, {
      type: 'page',
      title: `Child ${each}`,
      status: 'current',
      version: { number: 2 },
    });
  }
  const form = { type: 'blogpost', space: { key: space }, body: storage('') };
  for (const each of many) await done('POST', '/rest/api/content', { ...form, title: `Post ${each}` });
});

/** What names a result: lists of versions, watchers and groups have no ids. */
const nameOf = (result: Json): string =>
  JSON.stringify(
    result['id'] ??
      result['key'] ??
      result['number'] ??
      at(result, 'watcher.userKey') ??
      result['name'] ??
      result['userKey'] ??
      at(result, 'content.id'),
  );

/** All pages of a list, by the links that lead from one to the next, each held against the documented envelope. */
async function walk(path: string, limit: number): Promise<Json[][]> {
  const pages: Json[][] = [];
  let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}`;
  for (let start = 0; next !== undefined; start += limit) {
    const gateway = (pages.length % 2) as 0 | 1;
    const list = await read(next, { gateway });
    const results = list['results'] as Json[];
    expect(list).toMatchObject({ limit, size: results.length });
    if (!path.includes('/scan')) expect(list['start']).toBe(start);
    const base = cluster.gateways[gateway];
    expect(at(list, '_links')).toMatchObject({ base, context: '', self: `${base}${next}` });
    pages.push(results);
    next = at(list, '_links.next') as string | undefined;
    if (next !== undefined) expect(results).toHaveLength(limit);
    if (pages.length > 60) throw new Error(`${path} never ends`);
  }
  return pages;
}

const lists: [string, () => string][] = [
  ['contents of a space', () => `/rest/api/content?spaceKey=${space}`],
  ['scanned contents', () => `/rest/api/content/scan?spaceKey=${space}`],
  ['blog posts', () => `/rest/api/content?spaceKey=${space}&type=blogpost`],
  ['pages of a space', () => `/rest/api/space/${space}/content/page`],
  ['children', () => content('/child/page')],
  ['descendants', () => content('/descendant/page')],
  ['comments', () => content('/child/comment')],
  ['attachments', () => content('/child/attachment')],
  ['labels', () => content('/label')],
  ['content properties', () => content('/property')],
  ['space properties', () => `/rest/api/space/${space}/property`],
  ['versions', () => content('/version')],
  ['watchers of a content', () => content('/watchers')],
  ['watchers of a space', () => `/rest/api/space/${space}/watchers`],
  ['spaces', () => '/rest/api/space'],
  ['users', () => '/rest/api/user/list'],
  ['users by their name', () => '/rest/tributary/1/users/search?q=a'],
  ['groups', () => '/rest/api/group'],
  ['members of a group', () => '/rest/api/group/confluence-users/member'],
];

describe('every list', () => {
  it.each(lists)(
    'of %s comes in pages that fit together, with a next one exactly when more is there',
    async (_name, path) => {
      const whole = (await walk(path(), 100)).flat().map(nameOf);
      expect(new Set(whole).size).toBe(whole.length);
      expect(whole.length).toBeGreaterThan(1);
      const limit = Math.max(1, Math.ceil(whole.length / 3));
      expect((await walk(path(), limit)).flat().map(nameOf)).toEqual(whole);
      // Exactly full: nothing follows.
      expect(
        at(await read(`${path()}${path().includes('?') ? '&' : '?'}limit=${whole.length}`), '_links.next'),
      ).toBeUndefined();
    },
  );

  it.each(lists.filter(([name]) => name !== 'scanned contents'))(
    'of %s caps its limit at 200 and goes back as well',
    async (_name, path) => {
      const and = path().includes('?') ? '&' : '?';
      const list = await read(`${path()}${and}limit=100000&start=1`);
      expect(list['limit']).toBe(200);
      expect(at(list, '_links.prev')).toContain('start=0');
      expect(await read(`${path()}${and}start=5000`)).toMatchObject({ results: [], size: 0, start: 5_000 });
      for (const wrong of ['start=-1', 'limit=-1', 'start=x', 'limit=1.5'])
        await refused(400, 'GET', `${path()}${and}${wrong}`);
    },
  );

  it('with bodies caps its limit at 50', async () => {
    for (const path of [`content?spaceKey=${space}`, `content/${parent}/child/page`, `space/${space}/content/page`]) {
      const list = await read(`/rest/api/${path}${path.includes('?') ? '&' : '?'}limit=200&expand=body.storage`);
      expect(list['limit']).toBe(50);
      expect(column(list, 'body.storage.representation')).toContain('storage');
    }
  });

  it('has 25 without a limit', async () => {
    expect((await read(`/rest/api/content?spaceKey=${space}`))['limit']).toBe(25);
  });
});

describe('expand', () => {
  it('shows what is named, deep down, and says where the rest is; unknown names are ignored', async () => {
    const expand = 'version.by,nonsense,space.nonsense.deep,children.page.version,__proto__,constructor';
    const shown = await read(`${content('')}?expand=${expand}`);
    expect(shown).toMatchObject({ version: { by: { username: 'admin' } }, space: { key: space } });
    expect(column(at(shown, 'children.page') as Json, 'version.number')).toEqual([2, 2, 2, 2, 2]);
    expect(Object.keys(at(shown, '_expandable') as object)).toEqual(
      expect.arrayContaining(['body', 'history', 'ancestors', 'metadata']),
    );
    expect(shown).not.toHaveProperty('_expandable.version');
    expect(shown).not.toHaveProperty('nonsense');
  });

  it('takes repeated parameters and spaces', async () => {
    const shown = await read(`${content('')}?expand=version,%20space&expand=ancestors`);
    expect(shown).toMatchObject({ version: { number: 6 }, space: { key: space }, ancestors: [] });
  });
});

describe('what the catalogue names and is not there yet', () => {
  it.each([
    ['GET', 'audit'],
    ['GET', 'webhooks'],
    ['POST', 'webhooks'],
    ['GET', 'label/popular'],
    ['PUT', 'color-scheme'],
    ['POST', 'backup-restore/backup/site'],
    ['GET', 'space/ANY/labels'],
    ['GET', 'template'],
  ])('answers 501: %s %s', async (method, path) => {
    await refused(501, method, `/rest/api/${path}`, method === 'GET' ? undefined : {});
  });

  it.each(['/exportword?pageId=1', '/rest/experimental/template/1'])('answers 501 at %s', async (path) => {
    await refused(501, 'GET', path);
  });

  it('and what nobody names is 404', async () => {
    await refused(404, 'GET', '/rest/api/nonsense');
    expect((await ask('GET', '/rest/api')).status).toBe(404);
  });
});
