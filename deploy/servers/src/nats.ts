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

/** Its clients are this machine's processes. */
const host = '127.0.0.1';
const user = 'tributary';
/** Larger than the largest page body that a request may carry; NATS itself advises at most 8 MB. */
const payloadBytesMax = 8 * 1024 * 1024;
const readyMillisMax = 20_000;

/** Starts one nats-server with JetStream on files and waits until it takes connections. */
export async function startNats(options: NatsOptions): Promise<RunningNats> {
  const binary = await findNatsServer(options);
  const port = await freePort(host, options.port);
  mkdirSync(options.dataDir, { recursive: true });
  const file = join(options.dataDir, 'nats-server.conf');
  writeFileSync(file, configuration(options, port), { mode: 0o600 });
  const process = await ServerProcess.spawn({
    name: 'nats-server',
    command: binary,
    args: ['-c', file],
    logFile: options.logFile,
    stopWithStarter: 'guard',
  });
  await orStop(process, () => process.ready(() => natsAnswers(host, port), readyMillisMax));
  return { process, port, url: `nats://${options.password ? `${user}:${options.password}@` : ''}${host}:${port}` };
}

function configuration(options: NatsOptions, port: number): string {
  // With `always` an acknowledged message is on disk; the server's own default is two minutes.
  const sync = options.durable === false ? '' : ', sync_interval: always';
  return [
    `server_name: ${JSON.stringify(options.name ?? 'nats-1')}`,
    `listen: "${host}:${port}"`,
    ...(options.password ? [`authorization { user: ${user}, password: ${JSON.stringify(options.password)} }`] : []),
    `max_payload: ${payloadBytesMax}`,
    `jetstream { store_dir: ${JSON.stringify(join(options.dataDir, 'jetstream'))}${sync} }`,
    '',
  ].join('\n');
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
