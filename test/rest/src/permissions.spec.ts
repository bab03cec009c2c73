import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ask,
  at,
  column,
  done,
  edit,
  newName,
  newPage,
  newSpace,
  newUser,
  nobody,
  read,
  refused,
  storage,
  under,
  type Json,
} from './wiki.js';

type User = Awaited<ReturnType<typeof newUser>>;
let alice: User;
let bob: User;
let group: string;

beforeAll(async () => {
  [alice, bob, group] = [await newUser('alice'), await newUser('bob'), newName('team')];
  await done('POST', '/rest/api/admin/group', { name: group });
  await done('PUT', `/rest/api/user/${alice.name}/group/${group}`);
});

const content = (id: string, path = ''): string => `/rest/api/content/${id}${path}`;
const statusOf = async (method: string, path: string, body?: unknown, as?: string): Promise<number> =>
  (await ask(method, path, body, as === undefined ? {} : { as })).status;

describe('restrictions', () => {
  let space: string;
  let page: string;
  let below: string;

  beforeEach(async () => {
    space = await newSpace();
    page = await newPage(space, 'Restricted');
    below = await newPage(space, 'Below', under(page));
  });

  const only = (operation: string, restrictions: object) => [{ operation, restrictions }];
  const userOf = ({ name }: User) => [{ type: 'known', username: name }];

  it('to view hold for the page and all below it, on everything that shows them', async () => {
    expect((await read(content(below), { as: bob.as }))['id']).toBe(below);
    await done('PUT', content(page, '/restriction'), only('read', { user: userOf(alice), group: [] }));
    for (const id of [page, below]) {
      for (const path of [
        '',
        '/child/page',
        '/label',
        '/property',
        '/history',
        '/version',
        '/restriction/byOperation',
        '/child/attachment',
        '/watchers',
      ]) {
        await refused(404, 'GET', content(id, path), undefined, { as: bob.as });
        expect([path, await statusOf('GET', content(id, path), undefined, alice.as)]).toEqual([path, 200]);
      }
      await refused(404, 'PUT', content(id), { type: 'page', title: 'x', version: { number: 2 } }, { as: bob.as });
      await refused(404, 'DELETE', content(id), undefined, { as: bob.as });
      await refused(
        404,
        'POST',
        '/rest/api/content',
        { type: 'comment', container: { id }, body: storage('x') },
        { as: bob.as },
      );
    }
    const listed = async (as: string) => column(await read(`/rest/api/content?spaceKey=${space}`, { as }), 'title');
    expect(await listed(bob.as)).toEqual([expect.stringContaining('Home')]);
    expect(await listed(alice.as)).toEqual([expect.stringContaining('Home'), 'Restricted', 'Below']);
    const relevant = await read(content(below, '/restriction/relevantViewRestrictions'), { as: alice.as });
    expect(column(relevant, 'restrictions.user.results.0.username')).toEqual([alice.name]);
    await done('PUT', content(page, '/restriction'), only('read', { user: [], group: [] }));
    expect((await read(content(below), { as: bob.as }))['id']).toBe(below);
  });

  it('to edit hold for the page alone, and let it be read', async () => {
    await done('PUT', `/rest/experimental/content/${page}/restriction`, only('update', { user: userOf(alice) }));
    await refused(403, 'PUT', content(page), { type: 'page', title: 'x', version: { number: 2 } }, { as: bob.as });
    await refused(403, 'POST', content(page, '/label'), [{ name: 'x' }], { as: bob.as });
    await refused(403, 'POST', content(page, '/property'), { key: 'x', value: 1 }, { as: bob.as });
    expect((await read(content(page), { as: bob.as }))['title']).toBe('Restricted');
    await edit(below, { title: 'By Bob' }, { as: bob.as });
    await edit(page, { title: 'By Alice' }, { as: alice.as });
  });

  it('name users and groups; what is not named stays', async () => {
    const set = (restrictions: object) => done('PUT', content(page, '/restriction'), only('read', restrictions));
    const now = async (): Promise<unknown[]> => {
      const found = await read(
        content(page, '/restriction/byOperation/read?expand=restrictions.user,restrictions.group'),
      );
      const named = (kind: string, name: string) => column(at(found, `restrictions.${kind}`) as Json, name);
      return [named('user', 'username'), named('group', 'name')];
    };
    await set({ user: userOf(bob), group: [{ type: 'group', name: group.toUpperCase() }] });
    expect(await now()).toEqual([[bob.name], [group]]);
    expect(await statusOf('GET', content(page), undefined, alice.as)).toBe(200);
    await set({ user: { results: [] } });
    expect(await now()).toEqual([[], [group]]);
    expect(await statusOf('GET', content(page), undefined, bob.as)).toBe(404);
    await set({ group: [] });
    expect(await now()).toEqual([[], []]);
    const both = await read(content(page, '/restriction/byOperation'));
    expect([at(both, 'read.operation'), at(both, 'update.operation')]).toEqual(['read', 'update']);
  });

  it('are refused where they name nobody known, or lock their maker out', async () => {
    const path = content(page, '/restriction');
    await refused(400, 'PUT', path, only('read', { user: [{ username: 'nobody-known' }] }));
    await refused(400, 'PUT', path, only('read', { group: [{ name: 'no-such-group' }] }));
    await refused(400, 'PUT', path, only('fly', { user: [] }));
    await refused(400, 'PUT', path, only('read', { user: userOf(bob) }), { as: alice.as });
    await refused(400, 'GET', content(page, '/restriction/byOperation/fly'));
    expect(await statusOf('GET', content(page), undefined, alice.as)).toBe(200);
  });
});

describe('rights in a space', () => {
  let space: string;
  const permissions = (path = ''): string => `/rest/api/space/${space}/permissions${path}`;
  const operation = (targetType: string, operationKey: string) => ({ targetType, operationKey });

  beforeEach(async () => {
    space = await newSpace();
  });

  it('are by default: signed-in users take part, its creator does all, visitors nothing', async () => {
    const grants = (await ask('GET', permissions())).json as unknown as Json[];
    const of = (name: string) =>
      grants
        .filter((grant) => [at(grant, 'subject.name'), at(grant, 'subject.username')].includes(name))
        .map((grant) => `${String(at(grant, 'operation.operationKey'))} ${String(at(grant, 'operation.targetType'))}`);
    expect(of('confluence-users')).toEqual(
      expect.arrayContaining(['read space', 'create page', 'create comment', 'create attachment']),
    );
    expect(of('confluence-users')).not.toContain('administer space');
    expect(of('admin')).toEqual(expect.arrayContaining(['administer space', 'delete page', 'delete attachment']));
    expect((await ask('GET', permissions('/anonymous'))).json).toEqual([]);
    await refused(403, 'GET', permissions(), undefined, { as: alice.as });
  });

  it.each([
    ['group', () => '/group/confluence-users'],
    ['user', () => `/user/${alice.key}`],
  ])('are granted to and revoked from a %s', async (_kind, path) => {
    await done('PUT', permissions('/group/confluence-users/revoke'), [operation('page', 'create')]);
    const create = (title: string) =>
      ask(
        'POST',
        '/rest/api/content',
        { type: 'page', title, space: { key: space }, body: storage('') },
        { as: alice.as },
      );
    expect((await create('Refused')).status).toBe(403);
    await done('PUT', permissions(`${path()}/grant`), [operation('page', 'create')]);
    expect((await create('Made')).status).toBe(200);
    const shown = (await ask('GET', permissions(path()))).json as unknown as Json[];
    expect(shown).toContainEqual(expect.objectContaining({ operation: operation('page', 'create'), spaceKey: space }));
    await done('PUT', permissions(`${path()}/revoke`), [operation('page', 'create')]);
    expect((await create('Refused again')).status).toBe(403);
    await refused(400, 'PUT', permissions(`${path()}/grant`), [operation('page', 'fly')]);
    await refused(403, 'PUT', permissions(`${path()}/grant`), [operation('page', 'create')], { as: alice.as });
  });

  it('are those of a group that is there, however its name is written', async () => {
    const create = [operation('page', 'create')];
    await done('PUT', permissions('/group/Confluence-USERS/revoke'), create);
    const shown = (await ask('GET', permissions('/group/confluence-users'))).json as unknown as Json[];
    expect(shown.map((grant) => grant['operation'])).not.toContainEqual(create[0]);
    for (const change of ['grant', 'revoke']) {
      await refused(404, 'PUT', permissions(`/group/no-such-group/${change}`), create);
      await refused(404, 'PUT', `/rest/api/permissions/group/no-such-group/${change}`, [
        { targetType: 'application', operationKey: 'use' },
      ]);
    }
    await refused(404, 'POST', permissions(), [{ groupName: 'no-such-group', operations: create }]);
    await refused(404, 'GET', permissions('/group/no-such-group'));
  });

  it('to read decide about everything in it', async () => {
    const page = await newPage(space, 'Hidden with its space');
    await done('PUT', permissions('/group/confluence-users/revoke'), [operation('space', 'read')]);
    for (const path of [
      `space/${space}`,
      `space/${space}/content`,
      `content/${page}`,
      `content?spaceKey=${space}`,
      `space/${space}/property`,
    ]) {
      await refused(404, 'GET', `/rest/api/${path}`, undefined, { as: bob.as });
    }
    await done('POST', permissions(), [{ userKey: bob.key, operations: [operation('space', 'read')] }]);
    expect((await read(content(page), { as: bob.as }))['id']).toBe(page);
    await refused(404, 'GET', content(page), undefined, { as: alice.as });
  });
});

describe('rights on the site', () => {
  const use = [{ targetType: 'application', operationKey: 'use' }];
  const change = (path: string) => done('PUT', `/rest/api/permissions/${path}`, use);

  afterAll(() => change('anonymous/revoke'));

  it('are for administrators to see', async () => {
    await refused(403, 'GET', '/rest/api/permissions', undefined, { as: alice.as });
    await refused(403, 'PUT', '/rest/api/permissions/anonymous/grant', use, { as: alice.as });
    const all = (await ask('GET', '/rest/api/permissions/group/confluence-users')).json;
    expect(all).toContainEqual({ operation: use[0], subject: expect.objectContaining({ name: 'confluence-users' }) });
    expect((await ask('GET', '/rest/api/permissions/anonymous')).json).toEqual([]);
    await refused(501, 'GET', '/rest/api/permissions/unlicensed');
  });

  it('give visitors nothing until both the site and the space are opened to them, and nothing again', async () => {
    const space = await newSpace();
    const page = await newPage(space, 'Public');
    const visit = (path: string) => statusOf('GET', `/rest/api/${path}`, undefined, nobody);
    expect(await visit(`content/${page}`)).toBe(401);
    await done('PUT', `/rest/api/space/${space}/permissions/anonymous/grant`, [
      { targetType: 'space', operationKey: 'read' },
    ]);
    expect(await visit(`content/${page}`)).toBe(401);
    await change('anonymous/grant');
    expect(await visit(`content/${page}`)).toBe(200);
    expect(column(await read('/rest/api/space', { as: nobody }), 'key')).toEqual([space]);
    const comment = { type: 'comment', container: { id: page }, body: storage('x') };
    await refused(403, 'POST', '/rest/api/content', comment, { as: nobody });
    for (const path of ['api/user/list', 'api/group', 'api/group/confluence-users/member', 'tributary/1/users/search'])
      await refused(403, 'GET', `/rest/${path}`, undefined, { as: nobody });
    await change('anonymous/revoke');
    expect(await visit(`content/${page}`)).toBe(401);
    expect(await visit('space')).toBe(401);
  });

  it('take the site from a user without the right to use it, at once', async () => {
    const page = await newPage(await newSpace(), 'Used');
    const leaver = await newUser('leaver');
    expect(await statusOf('GET', content(page), undefined, leaver.as)).toBe(200);
    await done('DELETE', `/rest/api/user/${leaver.name}/group/confluence-users`);
    expect(await statusOf('GET', content(page), undefined, leaver.as)).toBe(404);
    await change(`user/${leaver.name}/grant`);
    expect(await statusOf('GET', content(page), undefined, leaver.as)).toBe(404);
    await done('PUT', `/rest/api/user/${leaver.name}/group/confluence-users`);
    expect(await statusOf('GET', content(page), undefined, leaver.as)).toBe(200);
  });
});

describe('people to mention', () => {
  const found = async (words: string, as = bob.as): Promise<unknown[]> =>
    column(await read(`/rest/tributary/1/users/search?q=${encodeURIComponent(words)}`, { as }), 'username');

  it('are found by a part of their name in any case, those that begin with it first, and show no address', async () => {
    const word = newName('word');
    const [inside, first] = [`x${word}`, `${word}y`];
    for (const userName of [inside, first]) {
      const account = {
        userName,
        fullName: `Of ${userName}`,
        password: 'a password of theirs',
        email: `${word}@example.org`,
      };
      await done('POST', '/rest/api/admin/user', account);
    }
    expect(await found(word.toUpperCase())).toEqual([first, inside]);
    expect(await found(`of ${first}`)).toEqual([first]);
    expect(await found('%')).toEqual([]);
    const list = await read(`/rest/tributary/1/users/search?q=${word}&expand=details`, { as: bob.as });
    expect(JSON.stringify(list)).not.toContain('example.org');
  });

  it('are nobody who is disabled, and nobody’s business who may not use the site', async () => {
    const leaver = await newUser('leaver');
    expect(await found(leaver.name)).toEqual([leaver.name]);
    await done('PUT', `/rest/api/admin/user/${leaver.name}/disable`);
    expect(await found(leaver.name)).toEqual([]);
    expect((await ask('GET', '/rest/tributary/1/users/search?q=a', undefined, { as: nobody })).status).toBe(401);
  });
});
