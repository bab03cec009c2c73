import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startNats as startNatsIn,
  startPostgres as startPostgresIn,
  type NatsOptions,
  type PostgresOptions,
  type ServerProcess,
} from '@tributary/servers';

/** A real server with data of its own that go when it is stopped. */
export interface TestServer {
  readonly url: string;
  /** For tests that kill or pause it. */
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own; the url's user may create databases. */
export async function startPostgres(options: Partial<PostgresOptions> = {}): Promise<TestServer> {
  return await inScratch((dataDir) =>
    startPostgresIn({ dataDir, logFile: join(dataDir, 'postgres.log'), durable: false, ...options }),
  );
}

/** A nats-server of its own with JetStream. */
export async function startNats(options: Partial<NatsOptions> = {}): Promise<TestServer> {
  return await inScratch((dataDir) =>
    startNatsIn({ dataDir, logFile: join(dataDir, 'nats.log'), durable: false, ...options }),
  );
}

async function inScratch(
  start: (dataDir: string) => Promise<{ process: ServerProcess; url: string }>,
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-test-'));
  // PostgreSQL runs as another user than root and has to enter it.
  await chmod(folder, 0o711);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const { process, url } = await start(folder);
    return {
      url,
      process,
      async stop() {
        await process.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export { RunningCluster, type ClusterNode, type ClusterSize } from './running-cluster.js';
export { leaderOf } from './leader.js';
export { authorizationOf, restCall, type RestAnswer } from './rest-call.js';
export { newDatabase } from './new-database.js';
export { SilentWire } from './silent-wire.js';
export { until } from './until.js';
export { cachedFolder } from './cached-folder.js';
export { runCommand } from './command.js';
export { LoadBalancer } from './load-balancer.js';
export { findDebianProgram, type DebianProgram } from './debian-program.js';
