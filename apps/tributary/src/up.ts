import { findNatsServer, natsAnswers, postgresAnswers } from '@tributary/servers';
import { randomBytes } from 'node:crypto';
import type { ClusterOptions } from './cluster-options.js';
import { ControlServer } from './control-server.js';
import { DataFolder } from './data-folder.js';
import { httpUrl } from './launchers.js';
import { OperatorError, sentence } from './operator-error.js';
import { endLeftovers, releaseLock, takeLock } from './run-lock.js';
import { Supervisor } from './supervisor.js';

/** A NATS URL without a port means this one. */
const natsPort = 4222;

/** Where the command reports to: a terminal, or the command that waits for a background one. */
export interface Reporter {
  readonly progress: (text: string) => void;
  /** The cluster runs; the text is for its operator. */
  readonly ready: (text: string, password: string | undefined) => void;
}

/** Runs a cluster until `stop` aborts or `tributary down` is asked for. Resolves when everything has ended. */
export async function up(options: ClusterOptions, reporter: Reporter, stop: AbortSignal): Promise<void> {
  const folder = new DataFolder(options.dataDir);
  folder.prepare();
  const token = randomBytes(32).toString('base64url');
  const control = await ControlServer.listen(token);
  try {
    const lock = { pid: process.pid, port: control.port, token };
    await takeLock(folder, lock);
    try {
      await endLeftovers(folder, reporter.progress);
      await runCluster(options, folder, control, reporter, stop);
    } finally {
      releaseLock(folder, lock);
    }
  } finally {
    await control.close();
  }
}

async function runCluster(
  options: ClusterOptions,
  folder: DataFolder,
  control: ControlServer,
  reporter: Reporter,
  stop: AbortSignal,
): Promise<void> {
  await serversMustBeThere(options, reporter);
  const supervisor = new Supervisor(options, folder, reporter.progress);
  const down = new AbortController();
  control.control({ supervisor, down: () => down.abort() });
  const wantedDown = new Promise<void>((resolve) => {
    for (const signal of [stop, down.signal]) {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
  const started = supervisor.start();
  try {
    const outcome = await Promise.race([started.then(() => 'started'), wantedDown.then(() => 'down')]);
    if (outcome === 'started') {
      reporter.ready(welcome(options, folder, supervisor), supervisor.madePassword ? supervisor.password : undefined);
      await wantedDown;
    }
    reporter.progress('Stopping');
  } finally {
    await supervisor.close();
    // What was still starting ended with its process.
    await started.catch(() => undefined);
  }
  reporter.progress('Stopped');
}

/** Before anything starts: a server of the operator's answers, or there is a program to run. */
async function serversMustBeThere(options: ClusterOptions, reporter: Reporter): Promise<void> {
  if (!options.natsUrl) {
    await findNatsServer({ env: options.env, progress: reporter.progress }).catch((error: unknown) => {
      throw new OperatorError(sentence(error), { cause: error });
    });
  } else if (!(await anyNatsAnswers(options.natsUrl))) {
    throw new OperatorError('No NATS server answers at the address in TRIBUTARY_NATS_URL.');
  }
  if (!options.databaseUrl) return;
  const answers = await postgresAnswers(options.databaseUrl).catch((error: unknown) => {
    throw new OperatorError(`PostgreSQL at TRIBUTARY_DATABASE_URL refuses: ${sentence(error)}.`, { cause: error });
  });
  if (!answers) throw new OperatorError('No PostgreSQL answers at the address in TRIBUTARY_DATABASE_URL.');
}

async function anyNatsAnswers(urls: string): Promise<boolean> {
  for (const text of urls.split(',')) {
    const url = URL.parse(text.includes('://') ? text : `nats://${text}`);
    // The address may hold a password: it isn't shown.
    if (!url) throw new OperatorError('TRIBUTARY_NATS_URL is not an address, such as nats://127.0.0.1:4222.');
    if (await natsAnswers(url.hostname, Number(url.port) || natsPort)) return true;
  }
  return false;
}

function welcome(options: ClusterOptions, folder: DataFolder, supervisor: Supervisor): string {
  const gateways = supervisor.entries.filter(({ service }) => service === 'gateway').map(({ url }) => url);
  const first = gateways[0] ?? httpUrl(options.host, options.firstPort);
  return [
    '',
    'Tributary is running.',
    `  Open      ${gateways.join('  ')}`,
    ...howToBegin(first, folder, supervisor),
    `  Logs      ${folder.logs}`,
    '',
  ].join('\n');
}

/** The code stands behind the `#`: browsers keep that to themselves, so that no log of a proxy has it. */
function howToBegin(gateway: string, folder: DataFolder, { firstRun }: Supervisor): string[] {
  if (firstRun.setupCode !== undefined) return [`  Set up    ${gateway}/setup#${firstRun.setupCode}   (once)`];
  const passwordFile = folder.file('admin-password');
  return [
    `  Sign in   admin, with the password in ${passwordFile}`,
    `  Try       curl -u "admin:$(cat ${passwordFile})" ${gateway}/rest/api/user/current`,
  ];
}
