import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@tributary/test-servers';
import { oldTextsIncluded, secretsSeen } from '../rights-and-sources.js';
import { Workload } from '../workload.js';
import { chancesOf, printSeed, seed } from './chances.js';
import { NamespacedCluster } from './namespaced-cluster.js';
import type { NodeProcess } from './node-process.js';
import { query } from './ticks.js';

/** Enough for what a rule prevents to happen; less is needed as a rule. */
const [attemptsMax, attemptMillis] = [10, 4_000];

async function withRulesOff<T>(rules: string, act: (cluster: NamespacedCluster) => Promise<T>): Promise<T> {
  const preload = fileURLToPath(new URL('./rules-off.mjs', import.meta.url));
  const env = { NODE_OPTIONS: `--import=${preload}`, TRIBUTARY_RULES_OFF: rules };
  const copies = { 'cluster-coordinator': 1, gateway: 2, ticker: rules === 'fencing' ? 2 : 0 };
  const cluster = await NamespacedCluster.start({ env, copies });
  try {
    await cluster.cachesAreOn();
    return await act(cluster);
  } finally {
    await cluster.stop();
  }
}

/** What the checker says of people's work, once it isn't linearizable any more. */
async function verdictOf(cluster: NamespacedCluster): Promise<string> {
  printSeed();
  let verdict = '';
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const workload = await Workload.create(cluster, `RULE${attempt}`, 2, {
      chance: chancesOf(`${seed} ${attempt}`),
      staysAtHome: true,
    });
    workload.start(6, 6);
    await sleep(attemptMillis);
    await workload.stop();
    verdict = await workload.history.check();
    process.stderr.write(`attempt ${attempt}: ${verdict}\n`);
    if (verdict !== 'linearizable') return verdict;
  }
  return verdict;
}

/** Pauses the copy that has a run until another copy has carried it out; answers how many effects there are when it goes on. */
async function effectsOfAPausedRun(cluster: NamespacedCluster): Promise<number> {
  const start = `select cluster.start_task('search.gated', '{}', '{"key": "test", "args": []}', null) as id`;
  let id = '';
  await until('the task to be declared', async () => {
    const rows = await query<{ id: string }>(cluster, start).catch(() => []);
    id = rows[0]?.id ?? '';
    return id !== '';
  });
  const holder = async (): Promise<NodeProcess | undefined> => {
    const running = `select node_id from cluster.job_run where id = $1 and state = 'running'`;
    const [row] = await query<{ node_id: string | null }>(cluster, running, [id]);
    return cluster.nodes.find(({ nodeId }) => nodeId === row?.node_id);
  };
  const count = async (): Promise<number> => {
    const [row] = await query<{ n: number }>(cluster, 'select count(*)::int as n from owner.effect where run_id = $1', [
      id,
    ]);
    return row?.n ?? 0;
  };
  await until('a copy to have the run', async () => (await holder()) !== undefined);
  const first = await holder();
  first?.signal('SIGSTOP');
  await until('another copy to have the run', async () => ![undefined, first].includes(await holder()));
  await query(cluster, 'insert into owner.gate values ($1)', [id]);
  await until('its effect', async () => (await count()) === 1);
  first?.signal('SIGCONT');
  const outcomes = 'select 1 from owner.outcome where run_id = $1';
  await until('both to have come to their end', async () => (await query(cluster, outcomes, [id])).length === 2);
  return await count();
}

describe('with a rule taken away from the real processes', () => {
  it.each([
    ['permits', 'a stale read'],
    ['listing', 'a stale read'],
    ['pins', 'a stale read'],
    ['locks', 'a lost update'],
  ])(
    '%s: the checker finds %s',
    async (rule) => {
      expect(await withRulesOff(rule, verdictOf)).toMatch(/^not linearizable/);
    },
    180_000,
  );

  it('order: somebody sees what was written after they were shut out', async () => {
    expect(await withRulesOff('order', (cluster) => secretsSeen(cluster, 'ENEMY'))).toBeGreaterThan(0);
  }, 180_000);

  it('sources: a page shows an old text of what it includes', async () => {
    expect(await withRulesOff('sources', (cluster) => oldTextsIncluded(cluster, 'INCLUDE'))).toBeGreaterThan(0);
  }, 180_000);

  it('fencing: a doubled job is found', async () => {
    expect(await withRulesOff('fencing', effectsOfAPausedRun)).toBe(2);
  }, 180_000);
});
