import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import { EventStream } from './administration/event-stream.js';
import { Somebody } from './leaks/client.js';
import { cachesAreOn, shortLeases } from './short-leases.js';

/** What the people who run the cluster see and do, over two gateways of a whole cluster. */
const ours = '/rest/tributary/1/cluster';
const text = 'text/plain; version=0.0.4; charset=utf-8';

interface Cache {
  name: string;
  entries: number;
  bytes: number;
  bytesMax: number;
  hits: number;
  misses: number;
  pins: number;
  evictions: number;
}
interface Node {
  nodeId: string;
  service: string;
  state: string;
  version: string;
  isLeader: boolean;
  hasCaches: boolean;
  isAdmitted: boolean;
  caches: Cache[];
}

let cluster: RunningCluster;
let admin: Somebody;
let plain: Somebody;
let gateways: [string, string];
let pageId: string;

const get = <T>(path: string, gateway = gateways[0]): Promise<T> => admin.do<T>(gateway, 'GET', path);
const post = <T>(path: string, body?: unknown, gateway = gateways[0]): Promise<T> =>
  admin.do<T>(gateway, 'POST', path, body);
const nodes = async (): Promise<Node[]> => (await get<{ results: Node[] }>(`${ours}/nodes`)).results;
const setReadOnly = (readOnly: boolean) => post(`${ours}/readonly`, { readOnly });
const titled = (title: string) => ({
  type: 'page',
  title,
  space: { key: 'ADM' },
  body: { storage: { value: '<p/>', representation: 'storage' } },
});

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, shortLeases);
  const [one, other] = cluster.gateways;
  gateways = [one as string, other as string];
  admin = Somebody.withPassword('admin', cluster.password);
  await cachesAreOn(cluster);
  await post('/rest/api/admin/user', { userName: 'otto', password: 'pass', fullName: 'Otto' });
  plain = Somebody.withPassword('otto', 'pass');
  await post('/rest/api/space', { key: 'ADM', name: 'Administered' });
  pageId = (await post<{ id: string }>('/rest/api/content', titled('Read by all'))).id;
}, 120_000);
afterAll(() => cluster.stop(), 60_000);

describe('each route', () => {
  const reads = ['/rest/api/cluster/nodes', '/rest/zdu/cluster', '/rest/zdu/state', '/rest/zdu/nodes/gateway-1'].concat(
    ['nodes', 'nodes/gateway-1', 'caches', 'locks', 'audit', 'readonly'].map((path) => `${ours}/${path}`),
  );
  const writes: [string, object][] = [
    [`${ours}/nodes/gateway-1/drain`, {}],
    [`${ours}/nodes/gateway-1/remove`, {}],
    [`${ours}/caches/flush`, {}],
    [`${ours}/caches/gateway.contents/flush`, {}],
    [`${ours}/readonly`, { readOnly: true }],
    ['/rest/zdu/start', {}],
    ['/rest/zdu/cancel', {}],
    ['/rest/zdu/approve', {}],
  ];

  it.each([...reads, `${ours}/events`])('answers GET %s to system administrators only', async (path) => {
    for (const gateway of gateways) {
      expect((await plain.ask(gateway, path)).status).toBe(403);
      expect((await Somebody.anonymous.ask(gateway, path)).status).toBe(401);
      if (!path.endsWith('/events')) expect((await admin.ask(gateway, path)).status).toBe(200);
    }
  });

  it.each(writes)('takes POST %s from system administrators only', async (path, body) => {
    for (const gateway of gateways) {
      expect((await plain.ask(gateway, path, { method: 'POST', body })).status).toBe(403);
      expect((await Somebody.anonymous.ask(gateway, path, { method: 'POST', body })).status).toBe(401);
      expect((await Somebody.anonymous.ask(gateway, '/status')).text).toBe('{"state":"RUNNING"}');
    }
    expect(await get('/rest/api/accessmode')).toBe('READ_WRITE');
  });

  it.each([
    ['GET', `${ours}/nodes/nobody`, 404],
    ['POST', `${ours}/nodes/nobody/drain`, 404],
    ['POST', `${ours}/nodes/no%20body/drain`, 400],
    ['POST', `${ours}/nodes/pages-1/drain`, 409],
    ['POST', `${ours}/caches/no.such.cache/flush`, 404],
    ['POST', `${ours}/caches/flush?node=nobody`, 404],
    ['POST', `${ours}/readonly`, 400],
    ['POST', '/rest/zdu/cancel', 409],
    ['POST', '/rest/zdu/approve', 409],
  ])('%s %s is refused with %d', async (method, path, status) => {
    const body = method === 'POST' ? {} : undefined;
    expect((await admin.ask(gateways[1], path, { method, body })).status).toBe(status);
  });
});

describe('the nodes', () => {
  it('are all processes with their figures, and one of them leads', async () => {
    let shown = await nodes();
    await until('somebody leads, and admits whoever has caches', async () => {
      shown = await nodes();
      const isAdmitted = shown.every((node) => node.isAdmitted === node.hasCaches);
      return isAdmitted && shown.some(({ isLeader }) => isLeader);
    });
    const running = (await cluster.nodes()).filter(({ service }) => !['postgres', 'nats'].includes(service));
    expect(shown.map(({ nodeId }) => nodeId).toSorted()).toEqual(running.map(({ nodeId }) => nodeId).toSorted());
    expect(shown.filter(({ isLeader }) => isLeader).map(({ service }) => service)).toEqual(['cluster-coordinator']);
    for (const node of shown) {
      expect(node).toMatchObject({
        state: 'running',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        uptimeMillis: expect.any(Number),
        cpuShare: expect.any(Number),
        requestsPerSecond: expect.any(Number),
        jobsRunning: expect.any(Number),
        eventLoopLagMillis: { p99: expect.any(Number), max: expect.any(Number) },
        lease: { isHeld: true, lapsedMillis: 0, lapses: expect.any(Number) },
      });
      expect((node as unknown as { residentBytes: number }).residentBytes).toBeGreaterThan(10_000_000);
    }
  });

  it('are there in the shape of Confluence, by pages', async () => {
    const list = await get<{ results: Record<string, unknown>[]; size: number; _links: { next?: string } }>(
      '/rest/api/cluster/nodes?limit=1',
      gateways[1],
    );
    expect(list).toMatchObject({ size: 1, start: 0, limit: 1, _links: { next: expect.stringContaining('start=1') } });
    const { results } = await get<{ results: object[] }>('/rest/api/cluster/nodes', gateways[1]);
    expect(results).toContainEqual(
      expect.objectContaining({
        nodeId: 'gateway-2',
        name: 'gateway-2',
        address: gateways[1],
        isLocal: true,
        state: 'ACTIVE',
        version: expect.any(String),
        buildNumber: expect.any(String),
        jvmStats: expect.any(Object),
        props: expect.any(Object),
        buildStats: expect.any(Object),
      }),
    );
    expect(results.filter((node) => (node as { isLocal: boolean }).isLocal).length).toBe(1);
  });
});

describe('caches', () => {
  const contents = async () =>
    (await get<{ results: (Cache & { nodes: (Cache & { nodeId: string })[] })[] }>(`${ours}/caches`)).results.find(
      ({ name }) => name === 'gateway.contents',
    );
  const entriesOf = async (nodeId: string) => (await contents())?.nodes.find((node) => node.nodeId === nodeId)?.entries;
  const warm = () =>
    until('both gateways have cached the page', async () => {
      for (const gateway of gateways) await get(`/rest/api/content/${pageId}`, gateway);
      return ((await entriesOf('gateway-1')) ?? 0) > 0 && ((await entriesOf('gateway-2')) ?? 0) > 0;
    });

  it('are flushed on all nodes, on one, and by name', async () => {
    await warm();
    const all = await post<{ flushed: { nodeId: string; name: string; entries: number }[]; failed: object[] }>(
      `${ours}/caches/gateway.contents/flush`,
    );
    expect(all.failed).toEqual([]);
    expect(all.flushed).toEqual(
      expect.arrayContaining(
        ['gateway-1', 'gateway-2'].map((nodeId) => ({ nodeId, name: 'gateway.contents', entries: expect.any(Number) })),
      ),
    );
    for (const { entries } of all.flushed) expect(entries).toBeGreaterThan(0);
    expect([await entriesOf('gateway-1'), await entriesOf('gateway-2')]).toEqual([0, 0]);

    await warm();
    const { flushed } = await post<{ flushed: { nodeId: string; name: string }[] }>(
      `${ours}/caches/flush?node=gateway-2`,
      undefined,
      gateways[0],
    );
    expect(new Set(flushed.map(({ nodeId }) => nodeId))).toEqual(new Set(['gateway-2']));
    expect(flushed.map(({ name }) => name)).toContain('gateway.decisions');
    expect(await entriesOf('gateway-2')).toBe(0);
    expect(await entriesOf('gateway-1')).toBeGreaterThan(0);
  });

  it('are summed over the nodes', async () => {
    await warm();
    const summed = await contents();
    for (const figure of ['entries', 'bytes', 'bytesMax', 'hits', 'misses', 'pins', 'evictions'] as const)
      expect([figure, summed?.[figure]]).toEqual([figure, summed?.nodes.reduce((sum, node) => sum + node[figure], 0)]);
  });
});

describe('read-only mode', () => {
  const form = (): FormData => {
    const made = new FormData();
    made.append('file', new Blob(['x']), `${Math.random()}.txt`);
    return made;
  };
  const writes = (): [string, string, { body?: unknown; form?: FormData }][] => [
    ['POST', '/rest/api/content', { body: titled(`Written ${Math.random()}`) }],
    ['PUT', `/rest/api/content/${pageId}`, { body: { ...titled('x'), version: { number: 99 } } }],
    ['DELETE', '/rest/api/content/999999', {}],
    ['POST', `/rest/api/content/${pageId}/child/attachment`, { form: form() }],
    ['POST', `/rest/api/content/${pageId}/label`, { body: [{ prefix: 'global', name: 'x' }] }],
    ['POST', `/rest/api/content/${pageId}/property`, { body: { key: `k${Math.random()}`, value: 1 } }],
    ['PUT', `/rest/api/content/${pageId}/restriction`, { body: [] }],
    ['PUT', `/rest/api/content/${pageId}/move/append/${pageId}`, {}],
    ['POST', `/rest/api/user/watch/content/${pageId}`, {}],
    ['POST', '/rest/api/space', { body: { key: `R${Date.now()}`, name: 'R' } }],
    ['PUT', '/rest/api/space/ADM', { body: { name: 'Renamed' } }],
    ['DELETE', '/rest/api/space/NOTHERE', {}],
    ['POST', '/rest/api/space/ADM/property', { body: { key: `k${Math.random()}`, value: 1 } }],
    ['PUT', '/rest/api/space/ADM/permissions/anonymous/grant', { body: [] }],
    ['POST', '/rest/pat/latest/tokens', { body: { name: 'mine' } }],
    ['POST', '/rest/api/user/current/password', { body: {} }],
  ];
  const refused = {
    statusCode: 405,
    data: { authorized: true, valid: true, allowedInReadOnlyMode: false, errors: [], successful: false },
    message: expect.stringContaining('read-only'),
    reason: 'Method Not Allowed',
  };

  it('refuses each kind of write at both gateways at once, lets everything else go on, and ends at once', async () => {
    try {
      for (let round = 0; round < 3; round += 1) {
        expect(await setReadOnly(true)).toMatchObject({ readOnly: true, accessMode: 'READ_ONLY' });
        const since = performance.now();
        for (const gateway of [gateways[1], gateways[0]])
          for (const somebody of [admin, plain])
            expect(
              (await somebody.ask(gateway, '/rest/api/content', { method: 'POST', body: titled('x') })).status,
            ).toBe(405);
        expect(performance.now() - since).toBeLessThan(1_000);
        await setReadOnly(false);
        for (const gateway of [gateways[1], gateways[0]])
          await admin.do(gateway, 'POST', '/rest/api/content', titled(`Round ${round} ${gateway}`));
      }
      await setReadOnly(true);
      for (const gateway of gateways) {
        for (const [method, path, asked] of writes()) {
          const { status, text: answer } = await admin.ask(gateway, path, { method, ...asked });
          expect([method, path, status, JSON.parse(answer)]).toEqual([method, path, 405, refused]);
        }
        expect(await get('/rest/api/accessmode', gateway)).toBe('READ_ONLY');
        expect((await plain.ask(gateway, `/rest/api/content/${pageId}?expand=body.view`)).status).toBe(200);
        expect((await plain.ask(gateway, '/rest/api/search?cql=space=ADM')).status).toBe(200);
        const convert = { value: '<p/>', representation: 'storage' };
        const view = '/rest/api/contentbody/convert/view';
        expect((await plain.ask(gateway, view, { method: 'POST', body: convert })).status).toBe(200);
        const signIn = '/dologin.action?os_username=otto&os_password=pass';
        expect((await Somebody.anonymous.ask(gateway, signIn, { method: 'POST' })).status).toBe(302);
      }
    } finally {
      await setReadOnly(false);
    }
    for (const gateway of gateways) {
      expect(await get('/rest/api/accessmode', gateway)).toBe('READ_WRITE');
      for (const [method, path, asked] of writes())
        expect([path, (await admin.ask(gateway, path, { method, ...asked })).status]).not.toEqual([path, 405]);
    }
  });

  it('has a banner that everybody may read', async () => {
    const banner = 'メンテナンス中: back at <noon>';
    await post(`${ours}/readonly`, { banner }, gateways[1]);
    expect(JSON.parse((await plain.ask(gateways[0], '/rest/tributary/1/mode')).text)).toMatchObject({
      readOnly: false,
      banner,
    });
    await post(`${ours}/readonly`, { banner: null });
    expect(await get('/rest/tributary/1/mode', gateways[1])).toMatchObject({ banner: null });
    const tooLong = { method: 'POST', body: { banner: 'x'.repeat(2_001) } };
    expect((await admin.ask(gateways[0], `${ours}/readonly`, tooLong)).status).toBe(400);
  });
});

describe('a rolling upgrade', () => {
  it('is started and cancelled as in Confluence', async () => {
    expect(await get('/rest/zdu/cluster')).toMatchObject({ state: 'STABLE', upgradeModeEnabled: false });
    expect(await post('/rest/zdu/start')).toMatchObject({
      state: 'READY_TO_UPGRADE',
      upgradeModeEnabled: true,
      originalVersion: expect.any(String),
      hasFinalizationTasks: false,
    });
    expect((await admin.ask(gateways[1], '/rest/zdu/start', { method: 'POST' })).status).toBe(409);
    expect((await admin.ask(gateways[1], '/rest/zdu/approve', { method: 'POST' })).status).toBe(409);
    expect(await get('/rest/zdu/cluster/zdu/state', gateways[1])).toMatchObject({
      state: 'READY_TO_UPGRADE',
      buildInfo: { id: 'gateway-2', state: 'ACTIVE', local: true, ipAddress: '127.0.0.1' },
    });
    expect(await post('/rest/zdu/cancel', undefined, gateways[1])).toMatchObject({ state: 'STABLE' });
    expect(await get('/rest/zdu/state')).toMatchObject({ state: 'STABLE' });
  });
});

describe('figures for Prometheus', () => {
  const line =
    /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z0-9_]+="([^"\\\n]|\\.)*"(,[a-z0-9_]+="([^"\\\n]|\\.)*")*\})? (\+Inf|-?[0-9.e+-]+))$/;
  async function figuresOf(url: string): Promise<string> {
    const answer = await fetch(`${url}/metrics`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, text]);
    const body = await answer.text();
    expect(
      body
        .trimEnd()
        .split('\n')
        .filter((each) => !line.test(each)),
    ).toEqual([]);
    return body;
  }

  it('come from every process', async () => {
    for (const { url, service } of await cluster.nodes()) {
      if (['postgres', 'nats'].includes(service)) continue;
      const figures = await figuresOf(url);
      expect(figures).toMatch(new RegExp(`^tributary_node_info\\{service="${service}",node="[^"]+",version="`, 'm'));
      for (const name of ['process_resident_memory_bytes', 'tributary_lease_held', 'tributary_event_loop_lag_seconds'])
        expect(figures).toMatch(new RegExp(`^${name}[ {]`, 'm'));
      expect(figures).not.toMatch(/^tributary_collector_up\{.*\} 0$/m);
      const own = {
        gateway:
          'tributary_http_request_duration_seconds_count{method="GET",route="/rest/api/content/:id",status="200"}',
        pages: 'tributary_outbox_events',
        'cluster-coordinator': 'tributary_job_runs_ended_last_minute{state="succeeded"}',
      }[service];
      if (own) expect(figures).toContain(own);
    }
  });

  it('are for this machine and system administrators only, on a gateway', async () => {
    const from = (headers: Record<string, string>) => fetch(`${gateways[0]}/metrics`, { headers });
    const far = { 'x-forwarded-for': '192.0.2.1' };
    expect((await from(far)).status).toBe(401);
    expect((await from({ ...far, authorization: cluster.administrator })).status).toBe(200);
    const otto = `Basic ${Buffer.from('otto:pass').toString('base64')}`;
    expect((await from({ ...far, authorization: otto })).status).toBe(403);
  });
});

describe('what happens', () => {
  it('is told as it happens: a killed node leaves and comes back, administrators act, a gateway drains and is removed', async () => {
    const stream = await EventStream.open(`${gateways[0]}${ours}/events`, cluster.administrator);
    expect(stream.type).toMatch(/^text\/event-stream/);
    await stream.sees('how it is', 'nodes', ({ nodes: all }) =>
      (all as Node[]).some(({ nodeId }) => nodeId === 'pages-2'),
    );
    const victim = (await cluster.nodes()).find(({ nodeId }) => nodeId === 'pages-2');
    process.kill(victim?.pid ?? NaN, 'SIGKILL');
    await stream.sees(
      'pages-2 is gone',
      'node-left',
      ({ nodeId, reason }) => nodeId === 'pages-2' && reason === 'silent',
    );
    await stream.sees('pages-2 is back', 'node-joined', ({ node }) => (node as Node).nodeId === 'pages-2');

    await post(`${ours}/caches/flush`, undefined, gateways[1]);
    const flushed = await stream.sees('the flush', 'administered', ({ action }) => action === 'caches.flush');
    expect(flushed.data).toMatchObject({ username: 'admin', outcome: 'done' });

    const draining = await post<Node>(`${ours}/nodes/gateway-2/drain`);
    expect(draining).toMatchObject({ nodeId: 'gateway-2', state: 'draining' });
    await stream.sees(
      'it drains',
      'node-changed',
      ({ nodeId, state }) => nodeId === 'gateway-2' && state === 'draining',
    );
    const status = await Somebody.anonymous.ask(gateways[1], '/status');
    expect([status.status, status.text]).toEqual([503, '{"state":"STOPPING"}']);
    expect((await admin.ask(gateways[1], `/rest/api/content/${pageId}`)).status).toBe(200);
    expect((await nodes()).find(({ nodeId }) => nodeId === 'gateway-2')?.state).toBe('draining');

    await post(`${ours}/nodes/gateway-2/remove`);
    await stream.sees(
      'it is gone',
      'node-left',
      ({ nodeId, reason }) => nodeId === 'gateway-2' && reason === 'stopped',
    );
    await until('it is not started again', async () =>
      (await cluster.nodes()).every(({ nodeId }) => nodeId !== 'gateway-2'),
    );
    expect((await nodes()).map(({ nodeId }) => nodeId)).not.toContain('gateway-2');
    expect(stream.hasEnded).toBe(false);
    stream.close();
  });

  it('ends when the watching gateway goes', async () => {
    await cluster.add('gateway');
    const urls = await cluster.gatewayUrls();
    const added = urls.find((url) => url !== gateways[0]) as string;
    const stream = await EventStream.open(`${added}${ours}/events`, cluster.administrator);
    await stream.sees('how it is', 'nodes', () => true);
    const { nodeId } = (await cluster.nodes()).find(({ url }) => url === added) as { nodeId: string };
    await cluster.stopNode(nodeId, { kill: false });
    await until('the stream has ended', async () => stream.hasEnded);
  });

  it('is kept in the audit', async () => {
    const list = await get<{ results: Record<string, unknown>[]; _links: { next?: string } }>(
      `${ours}/audit?limit=200`,
    );
    const remembered = list.results.map(({ action, target, nodeId, outcome }) => ({ action, target, nodeId, outcome }));
    for (const expected of [
      { action: 'node.remove', target: null, nodeId: 'gateway-2', outcome: 'done' },
      { action: 'node.drain', target: null, nodeId: 'gateway-2', outcome: 'done' },
      { action: 'node.drain', target: null, nodeId: 'pages-1', outcome: 'failed' },
      { action: 'caches.flush', target: 'gateway.contents', nodeId: null, outcome: 'done' },
      { action: 'mode.change', target: 'READ_ONLY', nodeId: null, outcome: 'done' },
      { action: 'upgrade.start', target: expect.any(String), nodeId: null, outcome: 'done' },
    ])
      expect(remembered).toContainEqual(expected);
    expect(new Set(list.results.map(({ username }) => username))).toEqual(new Set(['admin']));
    const times = list.results.map(({ at }) => Date.parse(String(at)));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect((await get<typeof list>(`${ours}/audit?limit=1`))._links.next).toContain('start=1');
  });
});
