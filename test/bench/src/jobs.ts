import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { declareJob } from '@tributary/cluster';
import { createLogger, readServiceConfig } from '@tributary/platform';
import { startService, type ServiceParts, type StartedContext } from '@tributary/service';
import { until, type RunningCluster } from '@tributary/test-servers';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within, type Comparison } from './report.js';

/** 100 jobs every 600 ms: 10,000 due times a minute. */
const jobCount = 100;
const everyMillis = 600;
const owners = 2;
const warmUpMillis = 5_000;
const measuredMillis = 60_000;

class Effects1732400900001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table effect (run_id uuid not null)`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table effect`);
  }
}

/** Plays the part of the search service, of which the cluster runs no copy. */
const owner: ServiceParts = {
  name: 'search',
  publishesEvents: false,
  database: { schema: 'bench_jobs', plansOnce: true, entities: [], migrations: [Effects1732400900001] },
  modules: [],
  jobs: Array.from({ length: jobCount }, (_, number) =>
    declareJob<StartedContext>(
      {
        name: `search.bench-${number}`,
        description: 'Writes one row',
        schedule: { everyMillis },
        misfire: 'all',
        concurrency: 4,
      },
      (run) =>
        run.commit(async (work) => {
          await work.query(`insert into effect values ($1)`, [run.id]);
        }),
    ),
  ),
};

/** How late scheduled runs begin, at 10,000 a minute; and whether each had its effect once. */
export async function scheduledRuns(cluster: RunningCluster): Promise<Comparison[]> {
  const { databaseUrl, natsUrl } = await cluster.servers();
  const started = await Promise.all(Array.from({ length: owners }, (_, number) => startOwner(number)));
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    await sleep(warmUpMillis);
    const { rows: begin } = await database.query<{ at: Date }>(`select now() as at`);
    await sleep(measuredMillis);
    const { rows: end } = await database.query<{ at: Date }>(`select now() as at`);
    await until('all runs have ended', async () => (await openRuns(database, end[0]?.at as Date)) === 0, 120_000);
    return await figures(database, begin[0]?.at as Date, end[0]?.at as Date);
  } finally {
    await database.end();
    for (const service of started) await service.close();
  }

  function startOwner(number: number) {
    const config = readServiceConfig({
      TRIBUTARY_SERVICE: 'search',
      TRIBUTARY_NODE_ID: `bench-${number}`,
      TRIBUTARY_DATABASE_URL: databaseUrl,
      TRIBUTARY_NATS_URL: natsUrl,
      TRIBUTARY_LOG_LEVEL: 'warn',
    });
    return startService(owner, config, createLogger(config));
  }
}

async function openRuns(database: pg.Client, before: Date): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from cluster.job_run where job like 'search.bench-%' and due_at < $1 and state in ('due', 'running')`,
    [before],
  );
  return rows[0]?.count ?? 0;
}

async function figures(database: pg.Client, begin: Date, end: Date): Promise<Comparison[]> {
  const { rows } = await database.query<Record<'runs' | 'wrong' | 'p50' | 'p99' | 'most' | 'ended', number>>(
    `with r as (
       select r.state, extract(epoch from r.started_at - r.due_at)::float as late,
         extract(epoch from r.finished_at - r.due_at)::float as ended_after,
         (select count(*) from bench_jobs.effect e where e.run_id = r.id) as effects
       from cluster.job_run r where r.job like 'search.bench-%' and r.due_at >= $1 and r.due_at < $2)
     select count(*)::int as runs, (count(*) filter (where state <> 'succeeded' or effects <> 1))::int as wrong,
       percentile_cont(0.5) within group (order by late) as p50, percentile_cont(0.99) within group (order by late) as p99,
       max(late) as most, percentile_cont(0.99) within group (order by ended_after) as ended from r`,
    [begin, end],
  );
  const figure = rows[0];
  if (!figure || figure.runs === 0) throw new Error('No run fell due');
  const minutes = (end.getTime() - begin.getTime()) / 60_000;
  const rate = Math.round(figure.runs / minutes).toLocaleString('en');
  return [
    within(`scheduled runs, ${rate} a minute, late at p50`, figure.p50, 1, 's'),
    within('scheduled runs, late at p99', figure.p99, 1, 's'),
    within('scheduled runs, late at most', figure.most, 1, 's'),
    within('scheduled runs, effect committed after the due time, p99', figure.ended, 1, 's'),
    within('scheduled runs without exactly one effect', figure.wrong, 0, 'runs'),
  ];
}
