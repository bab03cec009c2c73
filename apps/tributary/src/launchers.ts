import { freePort, freePortRun, ServerProcess, startNats, startPostgres } from '@tributary/servers';
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { ClusterOptions } from './cluster-options.js';
import type { DataFolder } from './data-folder.js';
import { OperatorError } from './operator-error.js';
import { reasonInLog, sizeOfLog } from './start-failure.js';
import { appsFolder, serviceProgram, type ServerName, type ServiceName } from './services.js';

/** A process that was started and may not be ready yet. */
export interface Launched {
  readonly process: ServerProcess;
  /** Where it answers, without secrets. */
  readonly url: string;
  /** Resolves when it does its work; throws when it ended before, or after `deadlineMillis`. */
  ready(deadlineMillis: number): Promise<void>;
}

/** Everything but the gateways listens to this machine only. */
export const innerHost = '127.0.0.1';
/** An answer that takes longer is none. */
const probeMillisMax = 2_000;

/** How the first administrator of a new database comes to be: one of these. */
export interface FirstRun {
  readonly adminPassword?: string;
  readonly setupCode?: string;
}

/** What the services need to reach each other and the servers. */
export interface ServiceSurroundings {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly secret: string;
  readonly firstRun: FirstRun;
  readonly webDir: string;
}

/** Starts one copy of a service; it learns everything from its environment. */
export async function launchService(
  service: ServiceName,
  nodeId: string,
  port: number,
  options: ClusterOptions,
  folder: DataFolder,
  around: ServiceSurroundings,
): Promise<Launched> {
  const gateway = service === 'gateway';
  const host = gateway ? options.host : innerHost;
  const logFile = folder.logFile(nodeId);
  const logged = sizeOfLog(logFile);
  const process = await ServerProcess.spawn({
    name: nodeId,
    command: globalThis.process.execPath,
    args: [serviceProgram(appsFolder(options.env), service)],
    env: {
      ...options.env,
      TRIBUTARY_SERVICE: service,
      TRIBUTARY_NODE_ID: nodeId,
      TRIBUTARY_HOST: host,
      TRIBUTARY_PORT: String(port),
      TRIBUTARY_DATABASE_URL: around.databaseUrl,
      TRIBUTARY_NATS_URL: around.natsUrl,
      TRIBUTARY_OBJECT_STORE: options.env['TRIBUTARY_OBJECT_STORE'] ?? pathToFileURL(folder.objects).href,
      TRIBUTARY_SECRET: around.secret,
      TRIBUTARY_ADMIN_PASSWORD: around.firstRun.adminPassword,
      TRIBUTARY_SETUP_CODE: around.firstRun.setupCode,
      TRIBUTARY_WEB_DIR: around.webDir,
      TRIBUTARY_STOP_WITH_STDIN: '1',
    },
    logFile,
    stopWithStarter: 'stdin',
  });
  const url = httpUrl(host, port);
  const probe = () => answersOk(`${url}${gateway ? '/status' : '/health'}`);
  return {
    process,
    url,
    ready: (deadlineMillis) =>
      process.ready(probe, deadlineMillis).catch((error: unknown) => {
        const reason = reasonInLog(logFile, logged);
        throw reason === undefined ? error : new OperatorError(reason, { cause: error });
      }),
  };
}

/** Starts a server of our own; what it is reached by, secrets included, is given to `reachedBy`. */
export async function launchServer(
  server: ServerName,
  nodeId: string,
  folder: DataFolder,
  reachedBy: (url: string) => void,
): Promise<Launched> {
  // Its clients look for it where it was: while it is away no outgoing connection may be given its port.
  const port = folder.ports()[server] ?? (await freePortRun(innerHost, 1));
  const place = { logFile: folder.logFile(nodeId), port };
  const started =
    server === 'nats'
      ? await startNats({ dataDir: folder.file('nats'), name: nodeId, password: natsPassword(folder), ...place })
      : await startPostgres({ dataDir: folder.path, ...place });
  folder.rememberPorts({ [server]: started.port });
  reachedBy(started.url);
  return { process: started.process, url: withoutSecrets(started.url), ready: async () => undefined };
}

function natsPassword(folder: DataFolder): string {
  return folder.secret('nats-password', undefined, () => randomBytes(24).toString('base64url')).value;
}

/** A port for a service's health that no other service of this start was given. */
export async function healthPort(given: Set<number>): Promise<number> {
  for (;;) {
    const port = await freePort(innerHost);
    if (!given.has(port)) {
      given.add(port);
      return port;
    }
  }
}

/** A URL that a person on this machine can open, also when the host is a wildcard. */
export function httpUrl(host: string, port: number): string {
  const named = host === '0.0.0.0' || host === '::' ? innerHost : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}

function withoutSecrets(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** Whether the answer is a 200 with JSON: whatever else comes means that it isn't ready. */
async function answersOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(probeMillisMax) });
    await answer.json();
    return answer.status === 200;
  } catch {
    return false;
  }
}
