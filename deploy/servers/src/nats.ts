import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findNatsServer, type FindOptions } from './nats-server-binary.js';
import { freePort } from './ports.js';
import { ServerProcess } from './server-process.js';

export interface NatsOptions extends FindOptions {
  /** JetStream's files and the configuration lie in it. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Wanted port; another one is taken when it is in use or not given. */
  readonly port?: number;
  readonly name?: string;
  /** Where it listens; by default only processes of this machine reach it. */
  readonly host?: string;
  /** It is one of several: its port for the others, and all of their addresses, HOST:PORT each. */
  readonly cluster?: { readonly port: number; readonly addresses: readonly string[] };
  /** A command that runs it elsewhere, such as `ip netns exec NAME`; the wanted port is free there. */
  readonly within?: readonly [string, ...string[]];
  /** Of the user `tributary`; without one, whoever is on this machine may send anything. */
  readonly password?: string;
  /** False for tests: what was acknowledged survives the process's death, but not the machine's. */
  readonly durable?: boolean;
}

export interface RunningNats {
  readonly process: ServerProcess;
  readonly url: string;
  readonly port: number;
}

const hostUsually = '127.0.0.1';
/** NATS's own. */
const portUsually = 4222;
const user = 'tributary';
/** Larger than the largest page body that a request may carry; NATS itself advises at most 8 MB. */
const payloadBytesMax = 8 * 1024 * 1024;
/** Whoever leaves so many pings unanswered is gone: requests must not go to a process whose machine was cut off; usual are 4 minutes. */
const [pingSeconds, pingsMax] = [2, 2];
const readyMillisMax = 20_000;

/** Starts one nats-server with JetStream on files and waits until it takes connections. */
export async function startNats(options: NatsOptions): Promise<RunningNats> {
  const binary = await findNatsServer(options);
  const host = options.host ?? hostUsually;
  const port = options.within ? (options.port ?? portUsually) : await freePort(host, options.port);
  mkdirSync(options.dataDir, { recursive: true });
  const file = join(options.dataDir, 'nats-server.conf');
  writeFileSync(file, configuration(options, host, port), { mode: 0o600 });
  const [command, ...args] = options.within ? [...options.within, binary] : [binary];
  const process = await ServerProcess.spawn({
    name: 'nats-server',
    command,
    args: [...args, '-c', file],
    logFile: options.logFile,
    stopWithStarter: 'guard',
  });
  await orStop(process, () => process.ready(() => natsAnswers(host, port), readyMillisMax));
  return { process, port, url: `nats://${options.password ? `${user}:${options.password}@` : ''}${host}:${port}` };
}

function configuration(options: NatsOptions, host: string, port: number): string {
  // With `always` an acknowledged message is on disk; the server's own default is two minutes.
  const sync = options.durable === false ? '' : ', sync_interval: always';
  return [
    `server_name: ${JSON.stringify(options.name ?? 'nats-1')}`,
    `listen: "${host}:${port}"`,
    ...(options.password ? [`authorization { user: ${user}, password: ${JSON.stringify(options.password)} }`] : []),
    `max_payload: ${payloadBytesMax}`,
    `ping_interval: "${pingSeconds}s"`,
    `ping_max: ${pingsMax}`,
    `jetstream { store_dir: ${JSON.stringify(join(options.dataDir, 'jetstream'))}${sync} }`,
    ...(options.cluster ? [clusterOf(options.cluster, host)] : []),
    '',
  ].join('\n');
}

function clusterOf({ port, addresses }: NonNullable<NatsOptions['cluster']>, host: string): string {
  const routes = addresses.map((address) => JSON.stringify(`nats-route://${address}`));
  return `cluster { name: tributary, listen: "${host}:${port}", routes: [${routes.join(', ')}] }`;
}

/** A NATS server speaks first: a line that begins with INFO. */
export async function natsAnswers(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => end(data.toString('latin1').startsWith('INFO'))());
    socket.once('error', end(false));
    socket.once('timeout', end(false));
    socket.once('close', end(false));
  });
}

/** A start that failed leaves no process behind. */
export async function orStop(process: ServerProcess, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await process.stop();
    throw error;
  }
}
