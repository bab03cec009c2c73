import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, column, done, edit, newPage, newSpace, newUser, read, refused } from './wiki.js';

let space: string;
let page: string;
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, user] = [await newSpace(), await newUser('annotator')];
  page = await newPage(space, 'Annotated');
});

describe('labels', () => {
  const labels = (query = ''): string => `/rest/api/content/${page}/label${query}`;
  const names = async (query = '', as?: string) => column(await read(labels(query), as ? { as } : {}), 'name');

  it('are added as a list or alone, kept in lower case, removed by name', async () => {
    const added = await done('POST', labels(), [
      { prefix: 'global', name: 'One' },
      { name: 'two' },
      { prefix: 'team', name: 'ours' },
    ]);
    expect(column(added, 'name')).toEqual(['one', 'ours', 'two']);
    expect(at(added, 'results.0')).toEqual({ prefix: 'global', name: 'one', id: expect.any(String), label: 'one' });
    await done('POST', labels(), { prefix: 'global', name: 'three' });
    await done('POST', labels(), { prefix: 'global', name: 'three' });
    expect(await names()).toEqual(['one', 'ours', 'three', 'two']);
    expect(await names('?prefix=team')).toEqual(['ours']);
    await done('DELETE', labels('?name=two'));
    await done('DELETE', labels('/three'));
    await done('DELETE', labels('/team:ours'));
    expect(await names()).toEqual(['one']);
    await refused(404, 'DELETE', labels('/two'));
    await refused(400, 'DELETE', labels());
  });

  it('with the prefix my are their owner’s alone', async () => {
    await done('POST', labels(), [{ prefix: 'my', name: 'favourite' }], { as: user.as });
    await done('POST', labels(), [{ prefix: 'my', name: 'later' }]);
    expect(await names('?prefix=my', user.as)).toEqual(['favourite']);
    expect(await names('?prefix=my')).toEqual(['later']);
    const expanded = async (as?: string) =>
      column(
        at(
          await read(`/rest/api/content/${page}?expand=metadata.labels`, as ? { as } : {}),
          'metadata.labels',
        ) as never,
        'name',
      );
    for (let again = 0; again < 2; again += 1) {
      expect(await expanded(user.as)).not.toContain('later');
      expect(await expanded()).not.toContain('favourite');
    }
    await refused(404, 'DELETE', labels('/my:favourite'));
    await done('DELETE', labels('/my:favourite'), undefined, { as: user.as });
    expect(await names('?prefix=my', user.as)).toEqual([]);
  });

  it.each([...'(!#&)*,.:;<>?@[]^'].map((character) => `a${character}b`).concat(['a b', '', ' ', 'x'.repeat(256)]))(
    'can not be called %j',
    async (name) => {
      await refused(400, 'POST', labels(), [
        { prefix: 'global', name: 'fine' },
        { prefix: 'global', name },
      ]);
      expect(await names()).not.toContain('fine');
    },
  );

  it('have one of three prefixes', async () => {
    await refused(400, 'POST', labels(), [{ prefix: 'system', name: 'x' }]);
  });
});

describe.each(['content', 'space'] as const)('properties of a %s', (owner) => {
  const path = (key = ''): string => `/rest/api/${owner}/${owner === 'content' ? page : space}/property${key}`;

  it('are made, read, listed, changed by version, removed', async () => {
    const value = { list: [1, 'é', null], nested: { z: 1, a: 2 } };
    expect(await done('POST', path(), { key: 'first', value })).toMatchObject({
      key: 'first',
      value,
      version: { number: 1 },
    });
    await done('POST', path('/second'), { value: 'text' });
    const first = await read(path('/first'));
    expect(JSON.stringify(first['value'])).toBe(JSON.stringify(value));
    expect(first).toMatchObject({
      id: expect.any(String),
      _links: { self: expect.stringContaining(path('/first')), context: '' },
    });
    expect(Object.keys(at(first, '_expandable') as object)).toEqual([owner]);
    expect(await read(path(`/first?expand=${owner},version`))).toMatchObject({
      [owner]: owner === 'content' ? { id: page, title: 'Annotated' } : { key: space },
      _expandable: {},
    });
    expect(column(await read(path('?limit=1')), 'key')).toEqual(['first']);
    await done('PUT', path('/first'), { key: 'first', value: [2], version: { number: 2 } });
    expect(await read(path('/first'))).toMatchObject({ value: [2], version: { number: 2 } });
    await done('DELETE', path('/first'));
    await refused(404, 'GET', path('/first'));
    await refused(404, 'DELETE', path('/first'));
  });

  it('refuse stale versions, other keys, and what is there', async () => {
    await done('POST', path(), { key: 'kept', value: 1 });
    for (const number of [1, 3, 7]) {
      expect(await refused(409, 'PUT', path('/kept'), { key: 'kept', value: 2, version: { number } })).toMatch(
        /Current version is: 1$/,
      );
    }
    await refused(400, 'PUT', path('/kept'), { key: 'other', value: 2, version: { number: 2 } });
    await refused(400, 'PUT', path('/kept'), { key: 'kept', value: 2 });
    await refused(400, 'PUT', path('/kept'), { key: 'kept', version: { number: 2 } });
    await refused(409, 'POST', path(), { key: 'kept', value: 2 });
    expect(await read(path('/kept'))).toMatchObject({ value: 1, version: { number: 1 } });
    await done('PUT', path('/new'), { key: 'new', value: 1, version: { number: 1 } });
    expect((await read(path('/new')))['value']).toBe(1);
  });

  it('hold 32 KiB and no more', async () => {
    const quotes = 2;
    await done('POST', path(), { key: 'full', value: 'x'.repeat(32 * 1024 - quotes) });
    await refused(400, 'POST', path(), { key: 'over', value: 'x'.repeat(32 * 1024 - quotes + 1) });
    await refused(404, 'GET', path('/over'));
  });
});

describe('watching', () => {
  const watching = async (path: string, as: string): Promise<unknown> =>
    (await read(`/rest/api/user/watch/${path}`, { as }))['watching'];

  it.each(['content', 'space'] as const)('a %s', async (kind) => {
    const [name, of] = [`${kind}/${kind === 'content' ? page : space}`, user];
    expect(await watching(name, of.as)).toBe(false);
    await done('POST', `/rest/api/user/watch/${name}`, undefined, { as: of.as });
    expect(await watching(name, of.as)).toBe(true);
    expect(await read(`/rest/api/user/watch/${name}?username=${of.name}`)).toEqual({ watching: true });
    expect(await read(`/rest/api/user/watch/${name}?key=${of.key}`)).toEqual({ watching: true });
    expect(column(await read(`/rest/api/${name}/watchers`), 'watcher.username')).toContain(of.name);
    await done('DELETE', `/rest/api/user/watch/${name}`, undefined, { as: of.as });
    expect(await watching(name, of.as)).toBe(false);
    expect(column(await read(`/rest/api/${name}/watchers`), 'watcher.username')).not.toContain(of.name);
    await refused(403, 'GET', `/rest/api/user/watch/${name}?username=admin`, undefined, { as: of.as });
    await refused(403, 'POST', `/rest/api/user/watch/${name}?username=admin`, undefined, { as: of.as });
  });

  it('what is not there', async () => {
    for (const path of ['content/999999999', 'space/NOSUCH']) {
      for (const method of ['GET', 'POST', 'DELETE']) await refused(404, method, `/rest/api/user/watch/${path}`);
    }
  });

  it('is listed for the watcher, what changed last first, and some at a time', async () => {
    const reader = await newUser('watcher');
    const key = await newSpace();
    const [first, second] = [await newPage(key, 'First'), await newPage(key, 'Second')];
    for (const target of [`content/${first}`, `content/${second}`, `space/${key}`])
      await done('POST', `/rest/api/user/watch/${target}`, undefined, { as: reader.as });
    const watched = (query: string) => read(`/rest/tributary/1/watched/${query}`, { as: reader.as });
    expect(column(await watched('content?expand=version,space'), 'id')).toEqual([second, first]);
    await edit(first, { title: 'First again' });
    const list = await watched('content?limit=1');
    expect([column(list, 'id'), at(list, '_links.next')]).toEqual([[first], expect.stringContaining('start=1')]);
    expect(column(await watched('content?limit=1&start=1'), 'id')).toEqual([second]);
    expect(column(await watched('space'), 'key')).toEqual([key]);
    await done('DELETE', `/rest/api/content/${second}`);
    expect(column(await watched('content'), 'id')).toEqual([first]);
    const other = await newUser('other');
    for (const kind of ['content', 'space'])
      expect(column(await read(`/rest/tributary/1/watched/${kind}`, { as: other.as }), '_links')).toEqual([]);
  });
});
