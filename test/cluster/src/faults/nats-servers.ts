import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';
import { startNats, type ServerProcess } from '@tributary/servers';
import { runCommand, until } from '@tributary/test-servers';
import type { Host, Network } from './network.js';

export const natsPort = 4222;
const routePort = 6222;
const fillMillisMax = 30_000;
const stepMillisMax = 2_000;
const syncMillisMax = 60_000;
const mountMillisMax = 10_000;
/** The disk of a server: enough for all that a test stores, little enough to be filled. */
const diskMegabytes = 64;

/** Three nats-servers on hosts of their own, one JetStream cluster. Each keeps its streams on a small disk of its own. */
export class NatsServers {
  private constructor(
    private readonly folder: string,
    private readonly password: string,
    readonly servers: readonly NatsServer[],
  ) {}

  static async start(network: Network, folder: string, password: string): Promise<NatsServers> {
    const names = ['nats-1', 'nats-2', 'nats-3'];
    const servers: NatsServer[] = [];
    for (const name of names) servers.push(new NatsServer(name, await network.host(name), join(folder, name)));
    const all = new NatsServers(folder, password, servers);
    for (const { disk } of servers) {
      await mkdir(disk, { recursive: true });
      await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'tmpfs', disk], mountMillisMax);
    }
    await Promise.all(servers.map((server) => all.start(server)));
    return all;
  }

  /** For the services: all addresses. */
  get url(): string {
    return this.servers.map(({ host }) => `nats://tributary:${this.password}@${host.address}:${natsPort}`).join(',');
  }

  async start(server: NatsServer): Promise<void> {
    const { name, host, disk } = server;
    server.process = (
      await startNats({
        dataDir: disk,
        logFile: join(this.folder, 'logs', `${name}.log`),
        name,
        host: host.address,
        port: natsPort,
        cluster: {
          port: routePort,
          addresses: this.servers.map((each) => `${each.host.address}:${routePort}`),
        },
        within: host.within,
        password: this.password,
        durable: false,
      })
    ).process;
  }

  /** The server that a host's process is connected to; undefined when it has no connection at this moment. */
  async serverOf(host: Host): Promise<NatsServer | undefined> {
    const [address] = await host.peersAt(natsPort);
    return this.servers.find((server) => server.host.address === address);
  }

  /** Until every stream has a leader and two up-to-date copies: before that the loss of one more server is the loss of two. */
  async inSync(): Promise<void> {
    const connection = await connect({ ...natsAddress(this.url), timeout: stepMillisMax });
    try {
      await until('all copies of the streams to be up to date', () => copiesAreCurrent(connection), syncMillisMax);
    } finally {
      await connection.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    for (const { disk } of this.servers) await runCommand('umount', [disk], mountMillisMax);
  }
}

async function copiesAreCurrent(connection: NatsConnection): Promise<boolean> {
  try {
    const manager = await jetstreamManager(connection, { timeout: stepMillisMax });
    const streams = await manager.streams.list().next();
    return streams.every(
      ({ cluster }) =>
        cluster?.leader && cluster.replicas?.length === 2 && cluster.replicas.every(({ current }) => current),
    );
  } catch {
    // No answer while the servers choose leaders.
    return false;
  }
}

export class NatsServer {
  process: ServerProcess | undefined;

  constructor(
    readonly name: string,
    readonly host: Host,
    /** The folder that its disk is mounted at. */
    readonly disk: string,
  ) {}

  async kill(): Promise<void> {
    this.process?.signal('SIGKILL');
    await this.process?.exited;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  /** Writes until nothing more fits. */
  async fillDisk(): Promise<void> {
    await runCommand('sh', ['-c', `cat /dev/zero > ${this.filler} 2>/dev/null || true`], fillMillisMax);
  }

  async clearDisk(): Promise<void> {
    await rm(this.filler);
  }

  private get filler(): string {
    return join(this.disk, 'filler');
  }
}
