import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { ClusterMember } from '@tributary/cluster';
import { jobs } from '@tributary/contracts';
import { connectNats, MessagingClient } from '@tributary/messaging';
import type { RunningService } from '@tributary/platform';
import { startNats, startPostgres, until, type TestServer } from '@tributary/test-servers';
import { configOf, loggerOf, root } from './jobs/jobs.fixture.js';
import { startCoordinator } from './start-coordinator.js';

let nats: TestServer;
let postgres: TestServer;
let coordinator: RunningService;
let connection: NatsConnection;
let member: ClusterMember;

const env = (nodeId: string) => ({
  TRIBUTARY_NODE_ID: nodeId,
  TRIBUTARY_NATS_URL: nats.url,
  TRIBUTARY_DATABASE_URL: postgres.url,
});
const pin = async (): Promise<void> => (await member.pin(['content:1'])).release();
const isListed = async (): Promise<boolean> => {
  const options = { deadlineMillis: 500 };
  const answer = new MessagingClient(connection).request(jobs.listJobs, { actor: root }, options);
  return (await answer.catch(() => ({ jobs: [] }))).jobs.some((job) => job.name === 'cluster-coordinator.old-job-runs');
};

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
  postgres.process.signal('SIGSTOP');
  const config = configOf('cluster-coordinator', env('coordinator-1'));
  coordinator = await startCoordinator(config, loggerOf(config));
  const own = configOf('writer', env('writer-1'));
  connection = await connectNats(own, loggerOf(own));
  member = await ClusterMember.join({ connection, config: own, logger: loggerOf(own), address: '' });
}, 60_000);

afterAll(async () => {
  postgres.process.signal('SIGCONT');
  await member.leave();
  await coordinator.close();
  await connection.drain();
  await Promise.all([nats.stop(), postgres.stop()]);
}, 60_000);

describe('a coordinator without a database', () => {
  it('leads and pins, and answers about jobs as soon as the database is there', async () => {
    await pin();
    expect(await isListed()).toBe(false);
    postgres.process.signal('SIGCONT');
    await until('jobs are listed', isListed, 60_000);
    // And goes on when it is gone again.
    await postgres.process.stop();
    for (let count = 0; count < 20; count += 1) await pin();
    expect(await isListed()).toBe(false);
  }, 120_000);
});
