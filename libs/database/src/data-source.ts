import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { sleep, type ServiceConfig } from '@tributary/platform';

export interface DatabaseOptions {
  /** The service's own schema; nothing else reads or writes it. */
  readonly schema: string;
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /**
   * Plans each statement once a connection, whatever its parameters: for a service whose statements are few and short, where planning
   * costs more than running. Not for one that makes its conditions up as it is asked, such as search.
   */
  readonly plansOnce?: boolean;
}

/** How long a process waits for a connection out of its pool before the request answers 503. */
const poolWaitMillisMax = 4_000;
/** So much longer than the server a process waits for the end of a statement: its answer may be on the way. */
const answerMillisMax = 2_000;
/** After so long without a word the server is asked whether its host is still there, by TCP. */
const quietMillisMax = 5_000;
/** How often a copy looks whether another one's migrations are over. */
const lockPollMillis = 200;
/** How long a migration lets the users of a table wait for it. */
const migrationLockMillisMax = 1_000;
/** The server's version that knows `transaction_timeout`, which bounds a whole transaction: pins outlast it (R6). */
const transactionTimeoutSince = 170_000;

/**
 * Opens the service's schema: creates it, runs the migrations under a lock that one copy holds, and returns the pool. Throws
 * when the database can't be reached; the caller decides whether to try again.
 */
export async function openDatabase(
  config: Pick<ServiceConfig, 'databaseUrl' | 'databaseConnections' | 'transactionTimeoutMillis' | 'nodeId'>,
  options: DatabaseOptions,
): Promise<DataSource> {
  if (!config.databaseUrl) throw new Error('TRIBUTARY_DATABASE_URL is needed');
  // Not from the pool: the lock goes with the session, and the session with the process that held it.
  const session = new pg.Client({ connectionString: config.databaseUrl, ...clientLimits(config) });
  // What breaks it while others' statements run breaks those as well, and they are waited for.
  session.on('error', () => undefined);
  await session.connect();
  try {
    await lockMigrations(session, options.schema);
    await session.query(`create schema if not exists "${options.schema}"`);
    const settings = await sessionSettings(session, config.transactionTimeoutMillis);
    const source = await createDataSource(config, options, settings).initialize();
    try {
      if (await source.showMigrations()) await migrate(config, options, settings);
    } catch (error) {
      await source.destroy();
      throw error;
    }
    return source;
  } finally {
    await session.end();
  }
}

/** Waits for as long as another copy migrates; each look is a statement of its own, so that a server that vanishes is noticed. */
async function lockMigrations(session: pg.Client, schema: string): Promise<void> {
  for (;;) {
    const { rows } = await session.query<{ isMine: boolean }>(`select pg_try_advisory_lock(hashtext($1)) as "isMine"`, [
      `tributary-migrations-${schema}`,
    ]);
    if (rows[0]?.isMine) return;
    await sleep(lockPollMillis);
  }
}

/**
 * How long a connection waits for its server, which ends statements by itself: only one whose host vanished reaches these. A connection
 * with statements that were not answered in time is closed, and they fail; what the server made of them nobody knows.
 */
const clientLimits = (config: Pick<ServiceConfig, 'transactionTimeoutMillis'>) => ({
  connectionTimeoutMillis: poolWaitMillisMax,
  query_timeout: config.transactionTimeoutMillis + answerMillisMax,
  keepAlive: true,
  keepAliveInitialDelayMillis: quietMillisMax,
});

/**
 * Runs the migrations that are new, each in its transaction. Copies of the version before work on meanwhile: a change of a table waits
 * for those that use it, and everybody else waits behind it, so it gives up soon, and the caller tries again.
 */
async function migrate(
  config: Parameters<typeof openDatabase>[0],
  options: DatabaseOptions,
  settings: string,
): Promise<void> {
  const once = { ...config, databaseConnections: 1 };
  const source = createDataSource(once, options, `${settings} -c lock_timeout=${migrationLockMillisMax}`);
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

function createDataSource(
  config: Parameters<typeof openDatabase>[0],
  options: DatabaseOptions,
  settings: string,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    schema: options.schema,
    applicationName: config.nodeId,
    entities: [...options.entities],
    migrations: [...options.migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: config.databaseConnections,
    extra: {
      ...clientLimits(config),
      // Statements of one transaction that don't wait for each other travel together.
      pipeline: true,
      options: `-c search_path=${options.schema},public ${options.plansOnce ? '-c plan_cache_mode=force_generic_plan' : ''} ${settings}`,
    },
    logging: false,
  });
}

/** Limits of every session. Older servers know only the first two; together they bound a transaction less tightly. */
async function sessionSettings(session: pg.Client, timeoutMillis: number): Promise<string> {
  const { rows } = await session.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const names = ['statement_timeout', 'idle_in_transaction_session_timeout'];
  if ((rows[0]?.version ?? 0) >= transactionTimeoutSince) names.push('transaction_timeout');
  return names.map((name) => `-c ${name}=${timeoutMillis}`).join(' ');
}
