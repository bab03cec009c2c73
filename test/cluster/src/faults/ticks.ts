import { until } from '@tributary/test-servers';
import pg from 'pg';
import type { NamespacedCluster } from './namespaced-cluster.js';

const job = 'search.tick';
const everyMillis = 500;
const settleMillisMax = 30_000;

/** The due times of a job that is due twice a second, from one moment on, and the effects of their runs. */
export class Ticks {
  private constructor(
    private readonly cluster: NamespacedCluster,
    private readonly since: Date,
  ) {}

  static async begin(cluster: NamespacedCluster): Promise<Ticks> {
    const [row] = await query<{ now: Date }>(cluster, 'select now()');
    if (!row) throw new Error('PostgreSQL answered no time');
    return new Ticks(cluster, row.now);
  }

  /** Waits until all that was due up to now has ended; then each due time must have had one run with one effect. */
  async problems(): Promise<string[]> {
    const [{ now } = { now: new Date() }] = await query<{ now: Date }>(this.cluster, 'select now()');
    const parameters = [job, this.since, now];
    const runs = () =>
      query<{ id: string; due_at: Date; state: string; effects: number }>(
        this.cluster,
        `select r.id, r.due_at, r.state, count(e.*)::int as effects
         from cluster.job_run r left join owner.effect e on e.run_id = r.id
         where r.job = $1 and r.due_at > $2 and r.due_at <= $3 group by r.id order by r.due_at`,
        parameters,
      );
    const due = Math.floor((now.getTime() - this.since.getTime()) / everyMillis);
    // The last due time may get its row while this looks: what counts is what was looked at.
    let all = await runs();
    try {
      await until(
        `${due} runs of ${job} to end`,
        async () => {
          all = await runs();
          return all.length >= due && all.every(({ state }) => !['due', 'running'].includes(state));
        },
        settleMillisMax,
      );
    } catch (error) {
      return [`${String(error)}: there are ${all.length} of ${due}`];
    }
    return all
      .filter(({ state, effects }) => state !== 'succeeded' || effects !== 1)
      .map((run) => `The run ${run.id} due at ${run.due_at.toISOString()}: ${run.state}, ${run.effects} effects`);
  }
}

/** Asks the cluster's PostgreSQL behind everybody's back. */
export async function query<Row extends pg.QueryResultRow>(
  cluster: NamespacedCluster,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: cluster.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}
