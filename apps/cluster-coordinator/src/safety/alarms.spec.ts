import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { administration } from '@tributary/contracts';
import { Writes } from '@tributary/database';
import { connectNats } from '@tributary/messaging';
import { ServiceContext } from '@tributary/service';
import { newDatabase } from '@tributary/test-servers';
import { configOf, loggerOf, openLedgerTables } from '../jobs/jobs.fixture.js';
import { Alarms } from './alarms.js';

const config = configOf('cluster-coordinator', { TRIBUTARY_NATS_URL: process.env['TRIBUTARY_TEST_NATS_URL'] ?? '' });

let database: Awaited<ReturnType<typeof newDatabase>>;
let tables: Awaited<ReturnType<typeof openLedgerTables>>;
let connection: NatsConnection;
let context: ServiceContext;

beforeEach(async () => {
  database = await newDatabase();
  tables = await openLedgerTables(database.url);
  connection = await connectNats(config, loggerOf(config));
  context = new ServiceContext(config, loggerOf(config), connection);
}, 60_000);

afterEach(async () => {
  await connection.close();
  await tables.source.destroy();
  await database.drop();
}, 60_000);

describe('an alarm', () => {
  it('is told at once, and kept, newest first', async () => {
    const alarms = new Alarms(tables.reads, tables.writes, context);
    const told = connection.subscribe(administration.alarmSubject, { max: 1 });
    await connection.flush();
    await alarms.raise('safety-check', 'the first');
    await alarms.raise('stale-cache', 'x'.repeat(3_000));
    for await (const message of told) expect(message.json()).toMatchObject({ kind: 'safety-check', text: 'the first' });
    expect(await alarms.last()).toMatchObject([
      { kind: 'stale-cache', nodeId: config.nodeId, text: 'x'.repeat(2_000) },
      { kind: 'safety-check', text: 'the first' },
    ]);
  });

  it('pushes out the oldest one when there are too many', async () => {
    await tables.reads.query(
      `insert into cluster.alarm (kind, node_id, text) select 'safety-check', 'one', n::text from generate_series(1, $1::int) n`,
      [administration.alarmsMax],
    );
    const alarms = new Alarms(tables.reads, tables.writes, context);
    await alarms.raise('safety-check', 'one more');
    const kept = await tables.reads.query<{ text: string }>(`select text from cluster.alarm order by id`);
    expect([kept.length, kept[0]?.text, kept.at(-1)?.text]).toEqual([administration.alarmsMax, '2', 'one more']);
  });

  it('leaves a database alone that another cluster has, and nobody falls over it', async () => {
    const refused = new Writes(tables.source, { pin: async () => ({ release: () => undefined }), store: 4 }, undefined);
    const alarms = new Alarms(tables.reads, refused, context);
    await alarms.raise('database-conflict', 'another one has it');
    expect(await alarms.last()).toEqual([]);
  });
});
