import { beforeAll, describe, expect, it } from '@jest/globals';
import { ask, at, column, done, newName, newPage, newSpace, newUser, read, refused, sorted, storage } from './wiki.js';

let owner: Awaited<ReturnType<typeof newUser>>;
let other: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [owner, other] = [await newUser('owner'), await newUser('other')];
});

describe('a space', () => {
  it('is made with a home page, and with all rights for its creator', async () => {
    const key = newName('S').toUpperCase();
    const description = { plain: { value: 'What <it> is', representation: 'plain' } };
    const made = await done('POST', '/rest/api/space', { key, name: 'Mine', description }, { as: owner.as });
    expect(made).toMatchObject({ id: expect.any(Number), key, name: 'Mine', type: 'global', status: 'current' });
    const expand = 'description.plain,description.view,homepage,icon,metadata.labels,permissions';
    expect(await read(`/rest/api/space/${key.toLowerCase()}?expand=${expand}`, { as: owner.as })).toMatchObject({
      key,
      description: { plain: { value: 'What <it> is' }, view: { value: '<p>What &lt;it&gt; is</p>' } },
      homepage: { type: 'page', title: expect.stringContaining('Mine') },
      icon: { path: expect.any(String) },
      metadata: { labels: { results: [] } },
      permissions: expect.arrayContaining([
        expect.objectContaining({ operation: { operation: 'administer', targetType: 'space' } }),
      ]),
      _links: { webui: `/display/${key}`, self: expect.stringContaining(`/rest/api/space/${key}`), context: '' },
    });
    expect(at(await read(`/rest/api/space/${key}`), '_expandable')).toMatchObject({
      homepage: expect.stringContaining('/rest/api/content/'),
    });
    await done('PUT', `/rest/api/space/${key}`, { name: 'Still mine' }, { as: owner.as });
    await refused(403, 'PUT', `/rest/api/space/${key}`, { name: 'Not theirs' }, { as: other.as });
    expect((await read(`/rest/api/space/${key}`, { as: other.as }))['name']).toBe('Still mine');
  });

  const longName = 'n'.repeat(251);
  it.each([
    ['en', 'Handbook', 'Handbook Home'],
    ['ja', 'Handbook', 'Handbook ホーム'],
    ['en', longName, longName],
  ])('has a home page that is called as its maker reads (%s, %s)', async (language, name, title) => {
    const key = newName('H').toUpperCase();
    await done('POST', '/rest/api/space', { key, name }, { headers: { 'accept-language': language } });
    expect(at(await read(`/rest/api/space/${key}?expand=homepage`), 'homepage.title')).toBe(title);
  });

  it.each(['a-b', 'a b', '', 'ü', 'x'.repeat(256)])('can not have the key %j', async (key) => {
    await refused(400, 'POST', '/rest/api/space', { key, name: 'x' });
  });

  it('is nobody else’s personal one', async () => {
    const theirs = { key: `~${other.name}`, name: 'Theirs' };
    await refused(403, 'POST', '/rest/api/space', theirs, { as: owner.as });
  });

  it('has its key alone, in any case', async () => {
    const key = await newSpace();
    expect(await refused(400, 'POST', '/rest/api/space', { key: key.toLowerCase(), name: 'x' })).toContain(
      key.toLowerCase(),
    );
  });

  it('keeps its creator when it is private', async () => {
    const key = newName('P').toUpperCase();
    await done('POST', '/rest/api/space/_private', { key, name: 'Private' }, { as: owner.as });
    expect((await read(`/rest/api/space/${key}`, { as: owner.as }))['key']).toBe(key);
    await refused(404, 'GET', `/rest/api/space/${key}`, undefined, { as: other.as });
    expect(column(await read(`/rest/api/space?spaceKey=${key}`, { as: other.as }), 'key')).toEqual([]);
  });

  it('is personal for a user', async () => {
    await done('POST', '/rest/api/space/personal', {}, { as: owner.as });
    const key = `~${owner.name}`;
    expect(await read(`/rest/api/space/${key}`, { as: owner.as })).toMatchObject({ key, type: 'personal' });
    expect(column(await read('/rest/api/space?type=personal', { as: owner.as }), 'key')).toContain(key);
    await refused(400, 'POST', '/rest/api/space/personal', {}, { as: owner.as });
  });

  it('is archived, listed so, and restored', async () => {
    const key = await newSpace();
    await done('PUT', `/rest/api/space/${key}/archive`);
    expect(column(await read(`/rest/api/space?status=archived&spaceKey=${key}`), 'status')).toEqual(['archived']);
    expect(column(await read(`/rest/api/space?status=current&spaceKey=${key}`), 'key')).toEqual([]);
    await done('PUT', `/rest/api/space/${key}/restore`);
    expect((await read(`/rest/api/space/${key}`))['status']).toBe('current');
  });

  it('goes with all in it, as a task that tells when it has', async () => {
    const key = await newSpace();
    const page = await newPage(key, 'Goes too');
    await refused(403, 'DELETE', `/rest/api/space/${key}`, undefined, { as: other.as });
    const { status, json } = await ask('DELETE', `/rest/api/space/${key}`);
    expect([status, json]).toMatchObject([
      202,
      { id: expect.any(String), links: { status: expect.stringContaining('/rest/api/longtask/') } },
    ]);
    await taskDone(String(at(json, 'links.status')));
    for (const path of [`space/${key}`, `content/${page}`, `content?spaceKey=${key}`, `space/${key}/content/page`]) {
      await refused(404, 'GET', `/rest/api/${path}`);
    }
    expect(column(await read(`/rest/api/space?spaceKey=${key}`), 'key')).toEqual([]);
  });
});

async function taskDone(path: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const task = await read(path);
    if (task['percentageComplete'] === 100) {
      expect(task).toMatchObject({ successful: true, finished: true, name: { key: expect.any(String) } });
      return;
    }
    if (Date.now() > deadline) throw new Error(`The task isn't done: ${JSON.stringify(task)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('lists of spaces', () => {
  it('name those that are asked for, repeated or with commas', async () => {
    const keys = [await newSpace(), await newSpace(), await newSpace()];
    const list = async (query: string) => sorted(column(await read(`/rest/api/space?${query}`), 'key'));
    expect(await list(`spaceKey=${keys[0]}&spaceKey=${keys[1]}`)).toEqual(keys.slice(0, 2).toSorted());
    expect(await list(`spaceKey=${keys.join()}`)).toEqual(keys.toSorted());
    expect(await list(`spaceKey=${keys.join()}&type=personal`)).toEqual([]);
    await refused(400, 'GET', '/rest/api/space?type=nonsense');
    await refused(400, 'GET', '/rest/api/space?status=nonsense');
  });

  it.each(['label=a', 'contentLabel=a', 'favourite=true', 'hasRetentionPolicy=true'])(
    'answer 501, not everything, to %s',
    async (filter) => {
      await refused(501, 'GET', `/rest/api/space?${filter}`);
    },
  );
});

describe('contents of a space', () => {
  it('by type, all or those at the top', async () => {
    const key = await newSpace();
    const home = String(at(await read(`/rest/api/space/${key}?expand=homepage`), 'homepage.id'));
    const top = await newPage(key, 'Top');
    const below = await newPage(key, 'Below', { ancestors: [{ id: top }] });
    const post = { type: 'blogpost', title: 'Post', space: { key }, body: storage('') };
    const blogpost = String((await done('POST', '/rest/api/content', post))['id']);
    const ids = async (path: string) => column(await read(`/rest/api/space/${key}/content/${path}`), 'id');
    expect(await ids('page')).toEqual([home, top, below]);
    expect(sorted(await ids('page?depth=root'))).toEqual([home, top].toSorted());
    expect(await ids('blogpost')).toEqual([blogpost]);
    const all = await read(`/rest/api/space/${key}/content`);
    expect([at(all, 'page.size'), at(all, 'blogpost.size')]).toEqual([3, 1]);
    await refused(400, 'GET', `/rest/api/space/${key}/content/nonsense`);
  });
});
