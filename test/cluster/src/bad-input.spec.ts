import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RunningCluster } from '@tributary/test-servers';
import { storage } from './requests.js';

/** Every mistake that a client can make gets a clear 4xx in the documented shape; nothing is half written, nothing hangs. */
let cluster: RunningCluster;
let pageId: string;
let otherSpacePageId: string;
let childId: string;

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

async function ask(path: string, { method, body, raw, headers = {} }: Asked = {}) {
  const sends = body !== undefined || raw !== undefined;
  const answer = await fetch(`${cluster.url}${path}`, {
    method: method ?? (sends ? 'POST' : 'GET'),
    headers: {
      authorization: cluster.administrator,
      ...(sends ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: raw ?? (body === undefined ? null : JSON.stringify(body)),
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers };
}

/** Asks, and holds the answer against the documented shape of an error. */
async function refused(path: string, asked: Asked = {}) {
  const { status, text, headers } = await ask(path, asked);
  const error = JSON.parse(text) as { statusCode: number; message: string };
  expect(error).toEqual({
    statusCode: status,
    data: {
      authorized: expect.any(Boolean),
      valid: expect.any(Boolean),
      allowedInReadOnlyMode: expect.any(Boolean),
      errors: expect.any(Array),
      successful: false,
    },
    message: expect.stringMatching(/\S/),
    reason: expect.stringMatching(/\S/),
  });
  expect(text).not.toMatch(/\bat .+[.:]\d+|node_modules|\/src\/|\/dist\/|select |stack/i);
  return { status, message: error.message, headers };
}

const page = (title: string, more: object = {}) => ({
  type: 'page',
  title,
  space: { key: 'BAD' },
  body: storage('<p>x</p>'),
  ...more,
});

async function created(content: object): Promise<string> {
  const { status, text } = await ask('/rest/api/content', { body: content });
  expect([status, text]).toEqual([200, expect.any(String)]);
  return (JSON.parse(text) as { id: string }).id;
}

const countPages = async (): Promise<number> => {
  const { text } = await ask('/rest/api/content?spaceKey=BAD&limit=200&status=any');
  return (JSON.parse(text) as { size: number }).size;
};

beforeAll(async () => {
  cluster = await RunningCluster.start({ attachments: 0, search: 0 });
  for (const key of ['BAD', 'OTHER']) {
    expect((await ask('/rest/api/space', { body: { key, name: key } })).status).toBe(200);
  }
  pageId = await created(page('Parent'));
  childId = await created(page('Child', { ancestors: [{ id: pageId }] }));
  otherSpacePageId = await created({ ...page('Elsewhere'), space: { key: 'OTHER' } });
});

afterAll(() => cluster.stop());

describe('bodies of requests', () => {
  it.each([
    ['malformed JSON', '{"type":"page",', 400],
    ['no JSON at all', 'hello', 400],
    ['an array', '[]', 400],
    ['null', 'null', 400],
    ['a text', '"x"', 400],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d), 400],
    ['JSON nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400],
  ])('%s', async (_name, raw, status) => {
    expect((await refused('/rest/api/content', { raw })).status).toBe(status);
  });

  it('another media type', async () => {
    const asked = { raw: '<page/>', headers: { 'content-type': 'application/xml' } };
    expect((await refused('/rest/api/content', asked)).status).toBe(415);
  });

  it('64 MiB, refused before they are read', async () => {
    const { status } = await refusedEarly(64 * 1024 * 1024);
    expect(status).toBe(413);
  });

  it.each([
    ['type', { type: 7 }],
    ['type', { type: 'nonsense' }],
    ['title', { title: { a: 1 } }],
    ['title', { title: ['a'] }],
    ['space', { space: 'BAD' }],
    ['space', { space: { key: 7.5 } }],
    ['space', { space: { key: '../x' } }],
    ['ancestors', { ancestors: 'x' }],
    ['ancestors', { ancestors: [{ id: 'x' }] }],
    ['ancestors', { ancestors: [7] }],
    ['body', { body: 'x' }],
    ['body', { body: { storage: 'x' } }],
    ['body', { body: { storage: { value: { a: 1 }, representation: 'storage' } } }],
    ['status', { status: 'nonsense' }],
    ['version', { version: 'x' }],
    ['container', { container: 'x' }],
    ['metadata', { metadata: 'x' }],
    ['metadata.labels', { metadata: { labels: 7 } }],
  ])('a wrong type of %s: %j', async (_name, wrong) => {
    expect((await refused('/rest/api/content', { body: page('Wrong type', wrong) })).status).toBe(400);
  });

  it('an unknown representation', async () => {
    const body = { storage: { value: 'x', representation: 'rtf' } };
    expect((await refused('/rest/api/content', { body: page('Unknown', { body }) })).status).toBe(400);
    expect(
      (await refused('/rest/api/contentbody/convert/rtf', { body: { value: 'x', representation: 'storage' } })).status,
    ).toBe(400);
  });

  it.each([
    ['space name', 'space', { key: 'CTRL', name: 'a\u0007b' }, 400],
    ['label', 'content/PAGE/label', [{ prefix: 'global', name: 'a\u0007' }], 400],
    ['property key', 'content/PAGE/property', { key: 'a\u0007', value: 1 }, 400],
    ['user name', 'admin/user', { userName: 'a\u0007', fullName: 'x', password: 'long enough' }, 400],
    ['group name', 'admin/group', { name: 'a\u0007' }, 400],
    ['comment', 'content', { type: 'comment', container: { id: 'PAGE' }, body: storage('<p>\u0001</p>') }, 400],
  ])('control characters in a %s', async (_name, path, body, status) => {
    const named = JSON.parse(JSON.stringify(body).replace('PAGE', pageId)) as object;
    expect((await refused(`/rest/api/${path.replace('PAGE', pageId)}`, { body: named })).status).toBe(status);
  });

  it('left nothing behind', async () => {
    const before = await countPages();
    await refused('/rest/api/content', {
      body: page('Half', { metadata: { labels: [{ prefix: 'global', name: 'a b(' }] } }),
    });
    await refused('/rest/api/content', { body: page('Half', { body: storage('<p>') }) });
    expect(await countPages()).toBe(before);
  });
});

describe('storage format', () => {
  it('broken XML, with its place', async () => {
    const { status, message } = await refused('/rest/api/content', {
      body: page('Broken', { body: storage('<p>a</p>\n<p>b</q>') }),
    });
    expect(status).toBe(400);
    // Row and column as Confluence writes them.
    expect(message).toMatch(/\[2,\d+\]/);
  });

  it.each([
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}"><!ENTITY c "&b;&b;&b;&b;">]><p>&c;</p>`],
    ['a file as an entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><p>&b;</p>'],
    ['100,000 nested elements', '<b>'.repeat(100_000) + '</b>'.repeat(100_000)],
    ['control characters', '<p>\u0000\u0001</p>'],
  ])('%s', async (_name, value) => {
    expect((await refused('/rest/api/content', { body: page('Hostile', { body: storage(value) }) })).status).toBe(400);
    const body = { value, representation: 'storage' };
    expect((await refused('/rest/api/contentbody/convert/view', { body })).status).toBe(400);
  });
});

describe('titles, parents, versions', () => {
  it.each([
    ['256 characters', 'x'.repeat(256)],
    ['none', ''],
    ['only spaces', '   '],
    ['control characters', 'a\u0007b'],
    ['a line break', 'a\nb'],
  ])('a title of %s', async (_name, title) => {
    expect((await refused('/rest/api/content', { body: page(title) })).status).toBe(400);
  });

  it('a title that is taken, in other case', async () => {
    const { status, message } = await refused('/rest/api/content', { body: page(' pARENT ') });
    expect([status, message]).toEqual([400, expect.stringContaining('A page with this title already exists')]);
  });

  it('a parent below the page itself', async () => {
    const body = { ...page('Parent'), version: { number: 2 }, ancestors: [{ id: childId }] };
    expect((await refused(`/rest/api/content/${pageId}`, { method: 'PUT', body })).status).toBe(400);
    expect((await refused(`/rest/api/content/${pageId}/move/append/${childId}`, { method: 'PUT' })).status).toBe(400);
    expect((await refused(`/rest/api/content/${pageId}/move/append/${pageId}`, { method: 'PUT' })).status).toBe(400);
  });

  it('a parent in another space', async () => {
    const body = page('Astray', { ancestors: [{ id: otherSpacePageId }] });
    expect((await refused('/rest/api/content', { body })).status).toBe(400);
  });

  it('a parent that is not there', async () => {
    const { status } = await refused('/rest/api/content', {
      body: page('Orphan', { ancestors: [{ id: '999999999' }] }),
    });
    expect([400, 404]).toContain(status);
  });

  it('a stale version', async () => {
    const body = { ...page('Parent'), version: { number: 1 } };
    const { status, message } = await refused(`/rest/api/content/${pageId}`, { method: 'PUT', body });
    expect([status, message]).toEqual([409, 'Version must be incremented on update. Current version is: 1']);
  });

  it.each([undefined, {}, { number: 'x' }, { number: 1.5 }, { number: null }])('a version of %j', async (version) => {
    const body = { ...page('Parent'), version };
    expect((await refused(`/rest/api/content/${pageId}`, { method: 'PUT', body })).status).toBe(400);
  });
});

describe('addresses', () => {
  it.each(['abc', '-1', '0', '1.5', '1e9', '99999999999999999999', "1'--", '%00', 'att', 'attx', '1%2F2'])(
    'the id %s',
    async (id) => {
      expect([400, 404]).toContain((await refused(`/rest/api/content/${id}`)).status);
      expect([400, 404]).toContain((await refused(`/rest/api/content/${id}/child/page`)).status);
      expect([400, 404]).toContain((await refused(`/rest/api/content/${id}`, { method: 'DELETE' })).status);
    },
  );

  it('an id that nobody has', async () => {
    expect((await refused('/rest/api/content/999999999')).status).toBe(404);
  });

  it.each(['start=-1', 'limit=-1', 'start=x', 'limit=x', 'limit=1.5', 'start=99999999999999999999'])(
    '%s',
    async (query) => {
      for (const path of ['content', 'space', `content/${pageId}/child/page`, 'group', `content/${pageId}/label`]) {
        expect([path, (await refused(`/rest/api/${path}?${query}`)).status]).toEqual([path, 400]);
      }
    },
  );

  it('caps a huge limit, and says so', async () => {
    const { text } = await ask('/rest/api/content?limit=100000');
    expect((JSON.parse(text) as { limit: number }).limit).toBe(200);
    const withBodies = await ask('/rest/api/content?limit=100000&expand=body.storage');
    expect((JSON.parse(withBodies.text) as { limit: number }).limit).toBe(50);
  });

  it('an expand of 10,000 characters', async () => {
    expect((await refused(`/rest/api/content/${pageId}?expand=${'a'.repeat(10_000)}`)).status).toBe(400);
    expect((await refused(`/rest/api/space?expand=${'a,'.repeat(5_000)}`)).status).toBe(400);
  });

  it('an unknown expand is ignored', async () => {
    expect((await ask(`/rest/api/content/${pageId}?expand=nonsense,__proto__,constructor.name,version`)).status).toBe(
      200,
    );
  });

  it.each(['version=0', 'version=x', 'version=-1', 'status=nonsense'])('%s of a content', async (query) => {
    expect((await refused(`/rest/api/content/${pageId}?${query}`)).status).toBe(400);
  });

  it('an address of 20,000 characters, and one that is no address', async () => {
    expect([404, 414, 431]).toContain((await ask(`/rest/api/${'x'.repeat(20_000)}`)).status);
    expect((await refused('/rest/api/content/%zz')).status).toBe(400);
  });

  it('nothing there', async () => {
    expect((await refused('/rest/api/nonsense')).status).toBe(404);
    expect((await refused('/nonsense')).status).toBe(404);
  });

  it('what the catalogue names and is not there yet', async () => {
    for (const path of ['webhooks', 'audit', 'backup-restore/jobs', 'color-scheme', 'instance-metrics']) {
      expect([path, (await refused(`/rest/api/${path}`)).status]).toEqual([path, 501]);
    }
  });

  it('a method that a resource does not have', async () => {
    expect([404, 405]).toContain((await refused(`/rest/api/content/${pageId}`, { method: 'PATCH', body: {} })).status);
  });
});

describe('who asks', () => {
  const wrong = (authorization: string) => refused('/rest/api/space', { headers: { authorization } });

  it.each([
    'Basic',
    'Basic %%%',
    'Basic YWRtaW4=',
    'Basic Og==',
    'Bearer',
    'Bearer nonsense',
    'Digest x',
    `Bearer ${'x'.repeat(300)}`,
  ])('with the header %s', async (authorization) => {
    const { status, headers } = await wrong(authorization);
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/Basic/)]);
  });

  it('with a wrong password', async () => {
    const { status, headers } = await wrong(`Basic ${Buffer.from('admin:wrong').toString('base64')}`);
    expect([status, headers.get('x-seraph-loginreason')]).toEqual([401, 'AUTHENTICATED_FAILED']);
  });

  it('with a token that was revoked', async () => {
    const { text } = await ask('/rest/pat/latest/tokens', { body: { name: 'short', expirationDuration: 1 } });
    const { id, rawToken } = JSON.parse(text) as { id: string; rawToken: string };
    const bearer = { authorization: `Bearer ${rawToken}` };
    expect((await ask('/rest/api/user/current', { headers: bearer })).text).toContain('"admin"');
    expect((await ask(`/rest/pat/latest/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await refused('/rest/api/user/current', { headers: bearer })).status).toBe(401);
  });

  it('with a token that has expired', async () => {
    const made = await ask('/rest/pat/latest/tokens', { body: { name: 'old', expirationDuration: 1 } });
    const { id, rawToken } = JSON.parse(made.text) as { id: number; rawToken: string };
    await inDatabase(`update identity.access_token set expires_at = now() - interval '1 second' where id = $1`, [id]);
    const headers = { authorization: `Bearer ${rawToken}` };
    expect((await refused('/rest/api/user/current', { headers })).status).toBe(401);
  });

  it('changes by a cookie without a word that no foreign page can say', async () => {
    const signIn = await fetch(`${cluster.url}/dologin.action`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ os_username: 'admin', os_password: cluster.password }),
      redirect: 'manual',
    });
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^JSESSIONID=./);
    const byCookie = async (headers: Record<string, string>) =>
      fetch(`${cluster.url}/rest/api/content/${pageId}/label`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify([{ prefix: 'global', name: 'by-cookie' }]),
      });
    const forged = await byCookie({});
    expect([forged.status, ((await forged.json()) as { message: string }).message]).toEqual([403, 'XSRF check failed']);
    expect((await byCookie({ 'x-atlassian-token': 'no-check' })).status).toBe(200);
  });
});

describe('below HTTP', () => {
  it('answers what is no HTTP, and goes on', async () => {
    expect(await talk('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await talk(`GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect((await ask('/status')).status).toBe(200);
  });

  it('never puts what a client sent as Host into a link unchecked', async () => {
    const answer = await talk(
      'GET /rest/api/user/anonymous HTTP/1.1\r\nHost: a"><script>\r\nConnection: close\r\n\r\n',
    );
    expect(answer).not.toContain('<script>');
  });
});

/** What no route can do: make time pass. */
async function inDatabase(sql: string, values: unknown[]): Promise<void> {
  const servers = JSON.parse(await readFile(join(cluster.dataDir, 'servers.json'), 'utf8')) as { databaseUrl: string };
  const client = new pg.Client({ connectionString: servers.databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(sql, values);
    expect(rowCount).toBe(1);
  } finally {
    await client.end();
  }
}

/** Sends bytes and reads until the server closes. */
function talk(text: string): Promise<string> {
  const { hostname, port } = new URL(cluster.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').setTimeout(10_000, () => socket.destroy(new Error('No answer in 10 s')));
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

/** Announces a body of so many bytes, sends none of it, and gets an answer all the same. */
async function refusedEarly(sizeBytes: number): Promise<{ status: number }> {
  const head = [
    'POST /rest/api/content HTTP/1.1',
    `Host: ${new URL(cluster.url).host}`,
    `Authorization: ${cluster.administrator}`,
    'Content-Type: application/json',
    `Content-Length: ${sizeBytes}`,
    'Connection: close',
  ];
  const answer = await talk(`${head.join('\r\n')}\r\n\r\n`);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]) };
}
