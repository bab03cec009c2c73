import { portOwnedByNobody } from '@tributary/servers';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ClusterOptions } from './cluster-options.js';
import { makePassword, type DataFolder, type NodeEntry } from './data-folder.js';
import { healthPort, launchServer, launchService, type FirstRun } from './launchers.js';
import { ManagedNode, type ManagedNodeParts } from './managed-node.js';
import { OperatorError, sentence } from './operator-error.js';
import {
  appsFolder,
  installationFolder,
  isServerName,
  isServiceName,
  serverNames,
  serviceNames,
  serviceProgram,
  type ServerName,
  type ServiceName,
} from './services.js';

/**
 * How long each stage of the end may take, so that all of it fits into 10 s: those that take requests first, what all need last. What a
 * stage leaves of its time goes to the next one: a database that is killed while it writes its last checkpoint recovers at its next start.
 */
const endStages: readonly { readonly services: readonly string[]; readonly deadlineMillis: number }[] = [
  { services: ['gateway'], deadlineMillis: 3_500 },
  { services: ['identity', 'pages', 'attachments', 'search'], deadlineMillis: 2_500 },
  { services: ['cluster-coordinator'], deadlineMillis: 1_500 },
  { services: ['nats', 'postgres'], deadlineMillis: 1_500 },
];
/** What one node that is stopped by command gets to finish; a service ends by itself after 8 s. */
const stopMillisMax = 9_000;
/** Ports after the first that are tried for a further gateway. */
const gatewayPortsMax = 100;

/**
 * Owns every process of one cluster on this machine. It keeps `cluster.json` true at every change. It lives as long as the command
 * that runs it; when that is killed, its processes end by themselves (see ServerProcess).
 */
export class Supervisor {
  private readonly nodes = new Map<string, ManagedNode>();
  private readonly counters = new Map<string, number>();
  private readonly portOf = new Map<string, number>();
  private readonly healthPorts = new Set<number>();
  private databaseUrl: string;
  private natsUrl: string;
  private readonly secret: string;
  readonly firstRun: FirstRun;
  private closing = false;
  /** Whether this start made the administrator's password: then its owner hasn't seen it. */
  readonly madePassword: boolean;

  constructor(
    private readonly options: ClusterOptions,
    private readonly folder: DataFolder,
    private readonly say: (text: string) => void,
  ) {
    this.databaseUrl = options.databaseUrl ?? '';
    this.natsUrl = options.natsUrl ?? '';
    this.secret = folder.secret('secret', options.env['TRIBUTARY_SECRET'], () => randomBytes(32).toString('hex')).value;
    const givenPassword = options.env['TRIBUTARY_ADMIN_PASSWORD'];
    // A folder stays what its first start made it.
    const inBrowser = folder.has('setup-code') || (options.browserSetup && !folder.has('admin-password'));
    if (inBrowser && !givenPassword) {
      this.firstRun = {
        setupCode: folder.secret('setup-code', options.env['TRIBUTARY_SETUP_CODE'], makePassword).value,
      };
      this.madePassword = false;
      return;
    }
    const password = folder.secret('admin-password', givenPassword, makePassword);
    this.firstRun = { adminPassword: password.value };
    this.madePassword = password.made;
  }

  /** Every process, servers first. */
  get entries(): NodeEntry[] {
    return [...this.nodes.values()].flatMap((node) => node.entry ?? []);
  }

  get password(): string | undefined {
    return this.firstRun.adminPassword;
  }

  /** Starts everything that was asked for. When one part fails the others are not left: the caller closes. */
  async start(): Promise<void> {
    await this.gatewayPortsMustBeFree();
    const wanted = serviceNames.flatMap((service) => Array<ServiceName>(this.options.copies[service]).fill(service));
    for (const service of new Set(wanted)) serviceProgram(appsFolder(this.options.env), service);
    await this.all([
      ...(this.options.databaseUrl ? [] : [this.addServer('postgres')]),
      ...(this.options.natsUrl ? [] : [this.addServer('nats')]),
    ]);
    this.folder.writeServers({ databaseUrl: this.databaseUrl, natsUrl: this.natsUrl });
    await this.all(wanted.map((service) => this.addService(service)));
  }

  /** Starts one more copy of a service, or a server of ours that was stopped; resolves when it is ready. */
  async add(name: string): Promise<NodeEntry> {
    if (isServiceName(name)) return await this.addService(name);
    if (!isServerName(name)) {
      throw new OperatorError(`There is no service "${name}": ${[...serviceNames, ...serverNames].join(', ')}.`);
    }
    if (this.nodes.has(`${name}-1`)) throw new OperatorError(`${name}-1 runs already; there is one of it.`);
    if (name === 'postgres' ? this.options.databaseUrl : this.options.natsUrl) {
      throw new OperatorError(`This cluster uses a ${name} server of yours.`);
    }
    return await this.addServer(name);
  }

  /** Ends one process for good: it is not started again. */
  async stop(nodeId: string, kill: boolean): Promise<void> {
    const node = this.node(nodeId);
    this.note(`${nodeId} is ${kill ? 'killed' : 'stopped'}`);
    await node.stop(stopMillisMax, kill);
    this.forget(nodeId);
  }

  drain(nodeId: string): void {
    this.node(nodeId).drain();
    this.note(`${nodeId} drains`);
  }

  /** What was done here past the REST API, which would have kept a record of it: these commands work when nothing else does. */
  private note(what: string): void {
    this.say(`${new Date().toISOString()} ${what}: a command on this machine wanted it`);
  }

  /** Ends everything in its order, within 10 s. */
  async close(): Promise<void> {
    this.closing = true;
    let stageEnd = performance.now();
    for (const { services, deadlineMillis } of endStages) {
      stageEnd += deadlineMillis;
      const leftMillis = stageEnd - performance.now();
      const nodes = [...this.nodes].filter(([, node]) => services.includes(node.parts.service));
      await Promise.all(nodes.map(([, node]) => node.stop(leftMillis)));
      for (const [nodeId] of nodes) this.forget(nodeId);
    }
  }

  private async addServer(server: ServerName): Promise<NodeEntry> {
    const nodeId = `${server}-1`;
    const launch = () =>
      launchServer(server, nodeId, this.folder, (url) => {
        if (server === 'postgres') this.databaseUrl = url;
        else this.natsUrl = url;
      });
    return await this.startNode({ service: server, nodeId, launch });
  }

  private async addService(service: ServiceName): Promise<NodeEntry> {
    // Before the first pause: two that are added at once get two names.
    const number = (this.counters.get(service) ?? 0) + 1;
    this.counters.set(service, number);
    const nodeId = `${service}-${number}`;
    const port = service === 'gateway' ? await this.gatewayPort(nodeId) : await healthPort(this.healthPorts);
    const launch = () =>
      launchService(service, nodeId, port, this.options, this.folder, {
        databaseUrl: this.databaseUrl,
        natsUrl: this.natsUrl,
        secret: this.secret,
        firstRun: this.firstRun,
        webDir: this.options.env['TRIBUTARY_WEB_DIR'] ?? join(installationFolder, 'apps', 'web', 'dist'),
      });
    return await this.startNode({ service, nodeId, launch });
  }

  private async startNode(parts: Pick<ManagedNodeParts, 'service' | 'nodeId' | 'launch'>): Promise<NodeEntry> {
    if (this.closing) throw new OperatorError('The cluster is being stopped.');
    const { nodeId } = parts;
    const node = new ManagedNode({
      ...parts,
      changed: () => this.folder.writeNodes(this.entries),
      // A server that ends is missing, whatever its exit code says.
      ...(isServiceName(parts.service) ? { left: () => this.forget(nodeId) } : {}),
      say: this.say,
      logFile: this.folder.logFile(nodeId),
    });
    this.nodes.set(nodeId, node);
    const since = performance.now();
    try {
      await node.start();
    } catch (error) {
      this.forget(nodeId);
      throw error;
    }
    const entry = node.entry as NodeEntry;
    this.say(`${nodeId} is ready at ${entry.url} (${((performance.now() - since) / 1_000).toFixed(1)} s)`);
    return entry;
  }

  private forget(nodeId: string): void {
    this.nodes.delete(nodeId);
    this.portOf.delete(nodeId);
    this.folder.writeNodes(this.entries);
  }

  private node(nodeId: string): ManagedNode {
    const node = this.nodes.get(nodeId);
    if (!node) throw new OperatorError(`There is no node "${nodeId}": ${[...this.nodes.keys()].join(', ')}.`);
    return node;
  }

  /** When one doesn't start, the others are not waited for; nothing is being started any more when its reason is thrown. */
  private async all(starts: readonly Promise<NodeEntry>[]): Promise<void> {
    try {
      await Promise.all(starts);
    } catch (error) {
      this.closing = true;
      // The servers end in order when all is closed: killed, they would have to recover at the next start.
      for (const node of this.nodes.values()) if (isServiceName(node.parts.service)) void node.stop(0, true);
      await Promise.allSettled(starts);
      throw error;
    }
  }

  private async gatewayPortsMustBeFree(): Promise<void> {
    const { host, firstPort, copies } = this.options;
    for (let port = firstPort; port < firstPort + copies.gateway; port += 1) {
      const isFree = await portOwnedByNobody(host, port).catch((error: unknown) => {
        throw new OperatorError(`The gateways can't listen to ${host}: ${sentence(error)}.`, { cause: error });
      });
      if (!isFree) {
        throw new OperatorError(
          `Port ${port} of ${host} is in use: choose others with --first-port, or end what uses it.`,
        );
      }
    }
  }

  /** The lowest port that no gateway has, so that a load balancer finds a replacement where its predecessor was. */
  private async gatewayPort(nodeId: string): Promise<number> {
    const { host, firstPort } = this.options;
    for (let port = firstPort; port < firstPort + gatewayPortsMax; port += 1) {
      if ([...this.portOf.values()].includes(port)) continue;
      this.portOf.set(nodeId, port);
      if (await portOwnedByNobody(host, port)) return port;
      this.portOf.delete(nodeId);
    }
    throw new OperatorError(`No port of ${host} from ${firstPort} on is free for a gateway.`);
  }
}
