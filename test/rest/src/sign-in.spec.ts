import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Answer,
  administrator,
  ask,
  at,
  basic,
  cluster,
  column,
  done,
  newUser,
  nobody,
  read,
  refused,
} from './wiki.js';

const current = '/rest/api/user/current';
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  user = await newUser('visitor');
});

const signIn = (name: string, password: string, headers: Record<string, string> = {}) =>
  ask('POST', '/dologin.action', new URLSearchParams({ os_username: name, os_password: password }), {
    as: nobody,
    headers,
  });

const cookieOf = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? '';

/** While the user's making is still being told to the gateways, they keep nothing about them, and no session either. */
async function untilCookie(as: string): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask('GET', current, undefined, { as, gateway: 0 });
    if (cookieOf(answer.headers) !== '' || attempt > 50) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the gateways', () => {
  it.each([0, 1] as const)('gateway %i says that it runs, to anyone', async (gateway) => {
    const { status, json } = await ask('GET', '/status', undefined, { as: nobody, gateway });
    expect([status, json]).toEqual([200, { state: 'RUNNING' }]);
  });

  it('name themselves in every answer', async () => {
    const nodes = await Promise.all(
      ([0, 1] as const).map(async (gateway) => (await ask('GET', current, undefined, { gateway })).headers),
    );
    expect(nodes.map((headers) => headers.get('x-tributary-node'))).toEqual(['gateway-1', 'gateway-2']);
  });

  it('answer the same under /rest/api/latest', async () => {
    const [plain, latest] = [await read(current), await read('/rest/api/latest/user/current')];
    expect(latest).toEqual(plain);
  });

  it('say what they are', async () => {
    expect(await read('/rest/api/server-information')).toMatchObject({
      baseUrl: expect.stringMatching(/^http:/),
      version: expect.stringMatching(/^\d+\.\d+/),
      buildNumber: expect.any(Number),
    });
    expect((await ask('GET', '/rest/api/accessmode')).text).toBe('"READ_WRITE"');
  });
});

describe('sign-in', () => {
  it('by name and password, which also opens a session that every gateway knows', async () => {
    const { headers, json } = await untilCookie(user.as);
    expect(json).toMatchObject({ type: 'known', username: user.name, userKey: user.key });
    expect(headers.get('x-ausername')).toBe(user.name);
    expect(headers.get('x-seraph-loginreason')).toBe('OK');
    const cookie = cookieOf(headers);
    expect(cookie).toMatch(/^JSESSIONID=.+/);
    expect(headers.get('set-cookie')).toMatch(/HttpOnly/i);
    const bySession = await read(current, { as: nobody, headers: { cookie }, gateway: 1 });
    expect(bySession['username']).toBe(user.name);
  });

  it('by the form, and out again', async () => {
    const { status, headers } = await signIn(user.name, user.password);
    expect([status, headers.get('x-seraph-loginreason')]).toEqual([302, 'OK']);
    const session = { as: nobody, headers: { cookie: cookieOf(headers) } };
    expect((await read(current, session))['username']).toBe(user.name);
    await ask('POST', '/logout.action', undefined, session);
    expect((await read(current, session))['type']).toBe('anonymous');
  });

  it('never leads people elsewhere', async () => {
    const form = new URLSearchParams({
      os_username: user.name,
      os_password: user.password,
      os_destination: '//evil.example',
    });
    const { headers } = await ask('POST', '/dologin.action', form, { as: nobody });
    expect(headers.get('location')).toBe('/');
  });

  it('refuses wrong passwords, with a challenge and the reason', async () => {
    const { status, headers } = await ask('GET', current, undefined, { as: basic(user.name, 'wrong') });
    expect([status, headers.get('www-authenticate'), headers.get('x-seraph-loginreason')]).toEqual([
      401,
      expect.stringMatching(/^Basic/),
      'AUTHENTICATED_FAILED',
    ]);
    const form = await signIn(user.name, 'wrong');
    expect(form.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
    expect(cookieOf(form.headers)).toBe('');
  });

  it('lets strangers ask who they are, and nothing else until it is granted', async () => {
    const { headers, json } = await ask('GET', current, undefined, { as: nobody });
    expect([headers.get('x-ausername'), json['type']]).toEqual(['anonymous', 'anonymous']);
    for (const path of ['space', 'content', 'group', 'user/list', 'search?cql=type=page', 'content/65537']) {
      await refused(401, 'GET', `/rest/api/${path}`, undefined, { as: nobody });
    }
  });

  it('asks for a password when os_authType wants it', async () => {
    const { status, headers } = await ask('GET', `${current}?os_authType=basic`, undefined, { as: nobody });
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic/)]);
    expect((await read(`${current}?os_authType=basic`))['username']).toBe('admin');
  });

  it('throttles an account after repeated failures at any gateway, and no other', async () => {
    const { name, as } = await newUser('guessed');
    const wrong = async () => {
      const { status, headers, json } = await ask('POST', '/rest/api/content', {}, { as: basic(name, 'wrong') });
      return [status, headers.get('x-seraph-loginreason'), json['message']];
    };
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await wrong())[0]).toBe(401);
    const denied = [403, 'AUTHENTICATION_DENIED', expect.stringContaining('AUTHENTICATION_DENIED')];
    expect(await wrong()).toEqual(denied);
    expect(await wrong()).toEqual(denied);
    expect((await ask('GET', current, undefined, { as })).status).toBe(403);
    expect((await ask('GET', current, undefined, { as: user.as })).status).toBe(200);
  });
});

describe('changes by a cookie', () => {
  const token = { path: '/rest/pat/latest/tokens', body: { name: 'by cookie' } };

  it.each([
    [{}, 403],
    [{ 'x-atlassian-token': 'no-check' }, 201],
    [{ 'x-atlassian-token': 'nocheck' }, 201],
  ])('with the headers %j: %i', async (headers, expected) => {
    const cookie = cookieOf((await signIn(user.name, user.password)).headers);
    const body = { name: `${token.body.name} ${JSON.stringify(headers)}` };
    const answer = await ask('POST', token.path, body, { as: nobody, headers: { cookie, ...headers } });
    expect(answer.status).toBe(expected);
    if (expected === 403) expect(answer.json['message']).toBe('XSRF check failed');
  });
});

describe('personal access tokens', () => {
  const tokens = '/rest/pat/latest/tokens';

  it('are shown once, work at every gateway, expire, and are gone when revoked', async () => {
    const made = await done('POST', tokens, { name: 'script', expirationDuration: 30 }, { as: user.as });
    expect(made).toMatchObject({
      name: 'script',
      expiringAt: expect.stringMatching(/^\d{4}-/),
      rawToken: expect.any(String),
    });
    const bearer = `Bearer ${String(made['rawToken'])}`;
    for (const gateway of [0, 1] as const) {
      expect((await read(current, { as: bearer, gateway }))['username']).toBe(user.name);
    }
    const { text } = await ask('GET', tokens, undefined, { as: user.as });
    expect(text).toContain('"script"');
    expect(text).not.toContain(String(made['rawToken']));
    await refused(404, 'DELETE', `${tokens}/${String(made['id'])}`, undefined, { as: administrator });
    await done('DELETE', `${tokens}/${String(made['id'])}`, undefined, { as: user.as });
    for (const gateway of [0, 1] as const) await refused(401, 'GET', current, undefined, { as: bearer, gateway });
  });

  it.each([{ expirationDuration: 0 }, { expirationDuration: 'soon' }, { name: '' }, { name: { a: 1 } }])(
    'are not made of %j',
    async (wrong) => {
      await refused(400, 'POST', tokens, { name: 'wrong', ...wrong }, { as: user.as });
    },
  );

  it('have one name each', async () => {
    await done('POST', tokens, { name: 'twice' }, { as: user.as });
    await refused(400, 'POST', tokens, { name: 'twice' }, { as: user.as });
  });
});

describe('users and groups', () => {
  it('a user by name and by key, with what is expanded', async () => {
    const byName = await read(`/rest/api/user?username=${user.name}&expand=status,details`);
    expect(byName).toMatchObject({
      type: 'known',
      username: user.name,
      userKey: user.key,
      displayName: `${user.name} Fullname`,
      profilePicture: { path: expect.any(String), width: 48, height: 48, isDefault: true },
      status: 'current',
      details: expect.any(Object),
      _links: {
        self: expect.stringContaining(`/rest/api/user?key=${user.key}`),
        base: expect.any(String),
        context: '',
      },
      _expandable: {},
    });
    const byKey = await read(`/rest/api/user?key=${user.key}`);
    expect(at(byKey, '_expandable')).toEqual({ status: '', details: '' });
    expect(await refused(404, 'GET', '/rest/api/user?username=nobody-of-that-name')).toContain('nobody-of-that-name');
    await refused(400, 'GET', '/rest/api/user');
  });

  it('an anonymous user', async () => {
    expect(await read('/rest/api/user/anonymous')).toMatchObject({
      type: 'anonymous',
      profilePicture: expect.any(Object),
    });
  });

  it('groups, their members, and what somebody is a member of', async () => {
    const groups = column(await read('/rest/api/group'), 'name');
    expect(groups).toEqual(expect.arrayContaining(['confluence-administrators', 'confluence-users']));
    expect(await read('/rest/api/group/confluence-users')).toMatchObject({ type: 'group', name: 'confluence-users' });
    await refused(404, 'GET', '/rest/api/group/none');
    const members = await read('/rest/api/group/confluence-administrators/member');
    expect(column(members, 'username')).toEqual(['admin']);
    const memberOf = await read(`/rest/api/user/memberof?username=${user.name}`);
    expect(column(memberOf, 'name')).toEqual(['confluence-users']);
    const path = `/rest/api/user/${user.name}/group/confluence-administrators`;
    await refused(403, 'PUT', path, undefined, { as: user.as });
    await done('PUT', path);
    expect(column(await read('/rest/api/group/confluence-administrators/member'), 'username')).toContain(user.name);
    await done('DELETE', path);
    expect(column(await read('/rest/api/group/confluence-administrators/member'), 'username')).toEqual(['admin']);
  });

  it('a user who is disabled is out at once, at every gateway', async () => {
    const { name, as } = await newUser('leaver');
    for (const gateway of [0, 1] as const) await read(current, { as, gateway });
    await done('PUT', `/rest/api/admin/user/${name}/disable`);
    for (const gateway of [0, 1] as const) await refused(401, 'GET', current, undefined, { as, gateway });
    await done('PUT', `/rest/api/admin/user/${name}/enable`);
    expect((await read(current, { as }))['username']).toBe(name);
    expect(cluster.gateways).toHaveLength(2);
  });
});
