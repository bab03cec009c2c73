import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPostgres, type RunningPostgres } from '@tributary/servers';
import { authorizationOf, leaderOf, restCall, until, type RestAnswer } from '@tributary/test-servers';
import type { ServedCluster } from '../requests.js';
import { shortLeases } from '../short-leases.js';
import { goProgram } from '../go-program.js';
import { NatsServers } from './nats-servers.js';
import { Network } from './network.js';
import { WallClock } from './wall-clock.js';
import { NodeProcess, type Program } from './node-process.js';

const postgresPort = 5432;
type Copies = Readonly<Record<Program, number>>;
const copiesUsually: Copies = {
  'cluster-coordinator': 2,
  identity: 1,
  pages: 2,
  ticker: 2,
  gateway: 3,
};

/**
 * A cluster as on many machines: each process on a host of its own, three nats-servers with streams of three copies, a PostgreSQL
 * that this machine runs at its address in their network. Clients reach the gateways by another network, so a gateway that
 * is cut off from the cluster can still be asked.
 */
export class NamespacedCluster implements ServedCluster {
  private constructor(
    readonly folder: string,
    readonly network: Network,
    readonly nats: NatsServers,
    readonly nodes: readonly NodeProcess[],
    private postgres: RunningPostgres,
    private readonly password: string,
    /** Makes bad cables. */
    readonly wireProgram: string,
  ) {}

  /** `env` is added to the environment of every process. When a part doesn't start, nothing is left. */
  static async start({
    env = {},
    copies = {},
  }: {
    env?: Readonly<Record<string, string>>;
    copies?: Partial<Copies>;
  } = {}): Promise<NamespacedCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-hosts-'));
    // PostgreSQL runs as another user than root and has to enter it.
    await chmod(folder, 0o711);
    const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
    try {
      const network = await Network.create();
      undo.unshift(() => network.remove());
      const postgres = await startDatabase(folder, network.address);
      undo.unshift(() => postgres.process.stop().then(() => undefined));
      const nats = await NatsServers.start(network, folder, randomBytes(12).toString('hex'));
      undo.unshift(() => nats.stop());
      const password = randomBytes(12).toString('hex');
      const surroundings = {
        ...shortLeases,
        TRIBUTARY_DATABASE_URL: postgres.url,
        TRIBUTARY_NATS_URL: nats.url,
        TRIBUTARY_NATS_REPLICAS: String(nats.servers.length),
        TRIBUTARY_OBJECT_STORE: pathToFileURL(join(folder, 'objects')).href,
        TRIBUTARY_SECRET: randomBytes(32).toString('hex'),
        TRIBUTARY_ADMIN_PASSWORD: password,
        ...env,
      };
      const nodes = await makeNodes(network, folder, { ...copiesUsually, ...copies }, surroundings);
      undo.unshift(() => Promise.all(nodes.map((node) => node.stop())).then(() => undefined));
      await Promise.all(nodes.map((node) => node.start()));
      const wire = await goProgram('wire');
      return new NamespacedCluster(folder, network, nats, nodes, postgres, password, wire);
    } catch (error) {
      for (const each of undo) await each();
      throw error;
    }
  }

  get gateways(): readonly string[] {
    return this.nodesOf('gateway').map(({ url }) => url);
  }

  gatewayUrls(): Promise<string[]> {
    return Promise.resolve([...this.gateways]);
  }

  get url(): string {
    return this.nodesOf('gateway')[0]?.url ?? '';
  }

  get databaseUrl(): string {
    return this.postgres.url;
  }

  call(base: string, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<RestAnswer> {
    return restCall(authorizationOf('admin', this.password), `${base}${path}`, { method, body, signal });
  }

  nodesOf(program: Program): NodeProcess[] {
    return this.nodes.filter((node) => node.program === program);
  }

  async leader(): Promise<NodeProcess> {
    return await leaderOf(this.nodesOf('cluster-coordinator'), (nodeId) => this.logOf(nodeId));
  }

  /** Until load balancers would be told that every gateway can serve. */
  async everythingRuns(): Promise<void> {
    await until('every gateway to say that it runs', async () => {
      const states = await Promise.all(this.gateways.map((url) => this.call(url, 'GET', '/status')));
      return states.every(({ status }) => status === 200);
    });
  }

  /** Until every gateway and every copy of pages was admitted to its caches: without them nothing could be stale. */
  async cachesAreOn(): Promise<void> {
    const nodes = [...this.nodesOf('gateway'), ...this.nodesOf('pages')];
    await until('caches of all gateways and pages', async () => {
      const logs = await Promise.all(nodes.map(({ logFile }) => readFile(logFile, 'utf8')));
      return logs.every((log) => log.includes('caches may be used'));
    });
  }

  /** Ends PostgreSQL in its fast way, which breaks off what is under way, or by a kill. */
  async stopDatabase(how: 'fast' | 'kill'): Promise<void> {
    if (how === 'kill') this.postgres.process.signal('SIGKILL');
    await this.postgres.process.stop();
  }

  async startDatabase(): Promise<void> {
    this.postgres = await startDatabase(this.folder, this.network.address);
  }

  logOf(nodeId: string): string {
    return join(this.folder, 'logs', `${nodeId}.log`);
  }

  /** Ends everything; its files stay when `keep` is set. */
  async stop({ keep = false } = {}): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.nats.stop();
    await this.postgres.process.stop();
    await this.network.remove();
    if (!keep) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startDatabase(folder: string, host: string): Promise<RunningPostgres> {
  const logFile = join(folder, 'logs', 'postgres.log');
  return startPostgres({ dataDir: folder, logFile, host, port: postgresPort, durable: false });
}

async function makeNodes(
  network: Network,
  folder: string,
  copies: Copies,
  env: Readonly<Record<string, string>>,
): Promise<NodeProcess[]> {
  const nodes: NodeProcess[] = [];
  for (const program of Object.keys(copies) as Program[]) {
    for (let number = 1; number <= copies[program]; number += 1) {
      const nodeId = `${program}-${number}`;
      const host = await network.host(nodeId);
      const clock = await WallClock.make(folder, nodeId);
      nodes.push(new NodeProcess(program, nodeId, host, join(folder, 'logs', `${nodeId}.log`), env, clock));
    }
  }
  return nodes;
}
