import { startNats, startPostgres } from '@tributary/test-servers';

/**
 * One PostgreSQL and one nats-server for all specs of a run. A spec creates a database (or a schema) and names of its own in
 * them. Where the variables are set already, those servers are used.
 */
export default async function setup() {
  const started = await Promise.allSettled([
    process.env.TRIBUTARY_TEST_DATABASE_URL ? undefined : startPostgres(),
    process.env.TRIBUTARY_TEST_NATS_URL ? undefined : startNats(),
  ]);
  const [postgres, nats] = started.map(({ value }) => value);
  globalThis.tributaryTestServers = [postgres, nats].filter(Boolean);
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) {
    await stopTestServers();
    throw failed.reason;
  }
  if (postgres) process.env.TRIBUTARY_TEST_DATABASE_URL = postgres.url;
  if (nats) process.env.TRIBUTARY_TEST_NATS_URL = nats.url;
}

export async function stopTestServers() {
  await Promise.all(globalThis.tributaryTestServers.map((server) => server.stop()));
}
