import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadBalancer, RunningCluster, until, type ClusterNode } from '@tributary/test-servers';

/** Twelve processes are restarted, each with a look at how requests go on. */
const rollingMillisMax = 400_000;
/** Time that a load balancer needs to notice a gateway that drains: two of its checks, and some. */
const noticeMillis = 3_000;
const clients = 6;
const expectedPerPhase = 30;

/** Clients that read and write pages through one address, and note whatever didn't succeed. */
class Load {
  done = 0;
  readonly failures: string[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void>[] = [];

  constructor(
    private readonly base: string,
    private readonly cluster: RunningCluster,
    private readonly ids: readonly string[],
  ) {}

  start(): void {
    this.running = Array.from({ length: clients }, (_, client) => this.act(client));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  /** Each client has a page of its own, so no write has a reason to fail. */
  private async act(client: number): Promise<void> {
    const id = this.ids[client % this.ids.length] ?? '';
    for (let version = 1; !this.stopping.signal.aborted;) {
      const read = await this.ask('GET', `/rest/api/content/${id}?expand=version`);
      const seen = (read?.['version'] as { number: number } | undefined)?.number;
      if (seen !== undefined && seen !== version) this.failures.push(`read ${seen} instead of ${version}`);
      const body = { storage: { value: `<p>${version + 1}</p>`, representation: 'storage' } };
      const change = { type: 'page', title: `Page ${client}`, version: { number: version + 1 }, body };
      if (await this.ask('PUT', `/rest/api/content/${id}`, change)) version += 1;
      await this.ask('GET', '/rest/api/user/current');
    }
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown> | undefined> {
    try {
      const { status, json } = await this.cluster.call(this.base, method, path, body, AbortSignal.timeout(15_000));
      if (status === 200) {
        this.done += 1;
        return json;
      }
      this.failures.push(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    } catch (error) {
      this.failures.push(`${method} ${path}: ${String((error as Error).cause ?? error)}`);
    }
    return undefined;
  }
}

describe('a rolling restart with two copies of every service', () => {
  let cluster: RunningCluster;
  let folder: string;
  let ids: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-rolling-'));
    const two = { gateways: 2, pages: 2, coordinators: 2, identity: 2, attachments: 2, search: 2 };
    cluster = await RunningCluster.start(two);
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'ROLL', name: 'Rolling' });
    ids = [];
    for (let client = 0; client < clients; client += 1) {
      const page = { type: 'page', title: `Page ${client}`, space: { key: 'ROLL' } };
      const { json } = await cluster.call(cluster.url, 'POST', '/rest/api/content', page);
      ids.push(String(json['id']));
    }
  });

  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** One copy after the other: a new one comes, then the old one goes. */
  async function restart(node: ClusterNode, load: Load): Promise<void> {
    if (node.service === 'gateway') {
      // Its address is in the load balancer's list: it goes first, and its successor takes the address.
      await cluster.drain(node.nodeId);
      await sleep(noticeMillis);
      await cluster.stopNode(node.nodeId, { kill: false });
      await cluster.add(node.service);
      await sleep(noticeMillis);
    } else {
      await cluster.add(node.service);
      await cluster.stopNode(node.nodeId, { kill: false });
    }
    const before = load.done;
    await until(`requests after ${node.nodeId}`, async () => load.done >= before + expectedPerPhase);
  }

  it(
    'fails no request behind haproxy',
    async () => {
      const balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
      const load = new Load(balancer.url, cluster, ids);
      try {
        load.start();
        const nodes = (await cluster.nodes()).filter(({ service }) => !['postgres', 'nats'].includes(service));
        for (const node of nodes) {
          await restart(node, load);
          expect({ after: node.nodeId, failures: load.failures }).toEqual({ after: node.nodeId, failures: [] });
        }
        expect((await cluster.nodes()).filter(({ state }) => state === 'running').length).toBe(nodes.length + 2);
      } finally {
        await load.stop();
        await balancer.stop();
      }
    },
    rollingMillisMax,
  );

  it('goes on behind nginx when a gateway is killed', async () => {
    const balancer = await LoadBalancer.start('nginx', cluster.gateways, folder);
    try {
      const gateways = (await cluster.nodes()).filter(({ service }) => service === 'gateway');
      await cluster.stopNode(gateways[0]?.nodeId ?? '', { kill: true });
      for (let request = 0; request < 20; request += 1) {
        const path = `/rest/api/content/${ids[0] ?? ''}`;
        expect((await cluster.call(balancer.url, 'GET', path)).status).toBe(200);
      }
      await cluster.add('gateway');
      const servedBy = new Set<string | null>();
      await until('both gateways to be asked again', async () => {
        servedBy.add((await fetch(`${balancer.url}/status`)).headers.get('x-tributary-node'));
        return servedBy.size === 2;
      });
    } finally {
      await balancer.stop();
    }
  });
});
