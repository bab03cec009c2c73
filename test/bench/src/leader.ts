import { setTimeout as sleep } from 'node:timers/promises';
import { until, type RunningCluster } from '@tributary/test-servers';
import { within, type Comparison } from './report.js';
import { withWriter } from './writer.js';

const samples = 5;
/** Writes go on for this long after the leader was asked to go. */
const handOverMillis = 2_000;
/** A coordinator may lead when it has watched the stream for a lease, 3 s. */
const watchedMillis = 4_000;

/** How long writes have no leader, the worst of some samples: from the signal until a pin that was asked for afterwards is granted. */
export function leaderReplaced(cluster: RunningCluster): Promise<Comparison[]> {
  return withWriter(cluster, async ({ member }) => {
    const pin = async () => (await member.pin(['content:bench'])).release();
    const afterSignal = async (signal: NodeJS.Signals): Promise<number> => {
      const { pid } = await cluster.leader();
      const since = performance.now();
      process.kill(pid, signal);
      await pin();
      const seconds = (performance.now() - since) / 1_000;
      if (signal === 'SIGSTOP') process.kill(pid, 'SIGCONT');
      else await anotherRuns(cluster, pid);
      return seconds;
    };
    await pin();
    return [
      within(`leader replaced after SIGKILL, ${named}`, await worst(() => afterSignal('SIGKILL')), 3, 's'),
      within(`leader replaced after SIGSTOP, ${named}`, await worst(() => afterSignal('SIGSTOP')), 3, 's'),
      within(
        `leader hands over, longest wait of a write, ${named}`,
        await worst(() => longestWait(cluster, pin)),
        0.2,
        's',
      ),
    ];
  });
}

const named = `worst of ${samples}`;

async function worst(sample: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let count = 0; count < samples; count += 1) {
    await sleep(watchedMillis);
    all.push(await sample());
  }
  process.stderr.write(`Seconds: ${all.map((seconds) => seconds.toFixed(3)).join(', ')}\n`);
  return Math.max(...all);
}

/** Until there is another coordinator instead of the one that ended. */
async function anotherRuns(cluster: RunningCluster, pid: number): Promise<void> {
  await until('two coordinators to run', async () => {
    const nodes = (await cluster.nodes()).filter(({ service }) => service === 'cluster-coordinator');
    return nodes.length === 2 && nodes.every((node) => node.state === 'running' && node.pid !== pid);
  });
}

/** The longest that one of many pins waits while the leader stops as it is asked to, in seconds. */
async function longestWait(cluster: RunningCluster, pin: () => Promise<void>): Promise<number> {
  const { pid } = await cluster.leader();
  process.kill(pid, 'SIGTERM');
  let longest = 0;
  for (const end = performance.now() + handOverMillis; performance.now() < end;) {
    const since = performance.now();
    await pin();
    longest = Math.max(longest, performance.now() - since);
  }
  // Who ends as it was asked to has left the cluster for good.
  await cluster.add('cluster-coordinator');
  await anotherRuns(cluster, pid);
  return longest / 1_000;
}
