import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePortRun } from '@tributary/servers';
import { leaderOf } from './leader.js';
import { authorizationOf, restCall, type RestAnswer } from './rest-call.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../tributary', import.meta.url));
const startMillisMax = 110_000;

export interface ClusterSize {
  readonly gateways?: number;
  readonly pages?: number;
  readonly coordinators?: number;
  readonly identity?: number;
  readonly attachments?: number;
  readonly search?: number;
}

/** One process of a cluster, as `tributary nodes --json` shows it. */
export interface ClusterNode {
  readonly service: string;
  readonly nodeId: string;
  readonly pid: number;
  readonly url: string;
  readonly state: string;
}

/** A cluster of its own in a scratch folder, started as an operator starts one. */
export class RunningCluster {
  private constructor(
    readonly dataDir: string,
    readonly gateways: readonly string[],
    readonly password: string,
  ) {}

  /** `env` is added to the environment of every process. */
  static async start(size: ClusterSize = {}, env: Record<string, string> = {}): Promise<RunningCluster> {
    const dataDir = await scratchFolder();
    await up(dataDir, size, env);
    const password = (await readFile(join(dataDir, 'admin-password'), 'utf8')).trim();
    const cluster = new RunningCluster(dataDir, [], password);
    const urls = (await cluster.nodes()).filter((node) => node.service === 'gateway').map((node) => node.url);
    return new RunningCluster(dataDir, urls, password);
  }

  /** A cluster that nobody has set up yet, with the code that does it. */
  static async startUnset(size: ClusterSize = {}): Promise<{ cluster: RunningCluster; code: string }> {
    const dataDir = await scratchFolder();
    await up(dataDir, size, {}, ['--browser-setup']);
    const code = (await readFile(join(dataDir, 'setup-code'), 'utf8')).trim();
    const gateways = await new RunningCluster(dataDir, [], '').gatewayUrls();
    return { cluster: new RunningCluster(dataDir, gateways, ''), code };
  }

  /** What `tributary up` says of a smallest cluster that must not start. */
  static async refusal(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
    const dataDir = await scratchFolder();
    try {
      await up(dataDir, {}, env);
    } catch (error) {
      const { code, stderr } = error as { code?: number; stderr?: string };
      return { code: code ?? -1, stderr: stderr ?? '' };
    } finally {
      await run(program, ['down', '--data', dataDir]).catch(() => undefined);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
    throw new Error('The cluster started');
  }

  async nodes(): Promise<ClusterNode[]> {
    const { stdout } = await run(program, ['nodes', '--json', '--data', this.dataDir]);
    return JSON.parse(stdout) as ClusterNode[];
  }

  /** URLs of the cluster's PostgreSQL and NATS, for looking behind the API. */
  async servers(): Promise<{ readonly databaseUrl: string; readonly natsUrl: string }> {
    return JSON.parse(await readFile(join(this.dataDir, 'servers.json'), 'utf8')) as never;
  }

  /** The first gateway's address. */
  get url(): string {
    const [first] = this.gateways;
    if (!first) throw new Error('The cluster has no gateway');
    return first;
  }

  get administrator(): string {
    return authorizationOf('admin', this.password);
  }

  /** Gateways as they are now; they change when some are stopped and added. */
  async gatewayUrls(): Promise<string[]> {
    return (await this.nodes())
      .filter((node) => node.service === 'gateway' && node.state === 'running')
      .map((node) => node.url);
  }

  /** The node that leads the cluster, from its log's last word. */
  async leader(): Promise<ClusterNode> {
    const coordinators = (await this.nodes()).filter((node) => node.service === 'cluster-coordinator');
    return await leaderOf(coordinators, (nodeId) => join(this.dataDir, 'logs', `${nodeId}.log`));
  }

  /** Stops a node, politely or with SIGKILL; it stays away. */
  async stopNode(nodeId: string, options: { kill: boolean }): Promise<void> {
    await run(program, ['stop', nodeId, ...(options.kill ? ['--kill'] : []), '--data', this.dataDir]);
  }

  /** Tells a gateway that it will go: load balancers stop sending to it. */
  async drain(nodeId: string): Promise<void> {
    await run(program, ['drain', nodeId, '--data', this.dataDir]);
  }

  /** One more copy of a service. */
  async add(service: string): Promise<void> {
    await run(program, ['add', service, '--data', this.dataDir], { timeout: startMillisMax });
  }

  /** Asks the REST API as the administrator. */
  call(base: string, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<RestAnswer> {
    return restCall(this.administrator, `${base}${path}`, { method, body, signal });
  }

  async stop(): Promise<void> {
    await run(program, ['down', '--data', this.dataDir]);
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function scratchFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tributary-cluster-'));
  // PostgreSQL runs as another user than root and has to enter it.
  await chmod(dataDir, 0o711);
  return dataDir;
}

async function up(
  dataDir: string,
  size: ClusterSize,
  env: Record<string, string>,
  more: readonly string[] = [],
): Promise<void> {
  const firstPort = await freePortRun('127.0.0.1', 10);
  const counts = Object.entries({ gateways: 1, pages: 1, coordinators: 1, ...size });
  const flags = counts.flatMap(([name, count]) => [`--${name}`, String(count)]);
  const args = ['up', '--detach', '--data', dataDir, '--first-port', String(firstPort), ...flags, ...more];
  await run(program, args, { timeout: startMillisMax, env: { ...process.env, ...env } });
}
