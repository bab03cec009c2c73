import type { RunningCluster } from '@tributary/test-servers';
import { within, type Comparison } from './report.js';
import { withWriter } from './writer.js';

/** Writes go on for this long after the leader was asked to go. */
const handOverMillis = 2_000;

/** How long writes have no leader: from the signal until a pin that was asked for afterwards is granted. */
export function leaderReplaced(cluster: RunningCluster): Promise<Comparison[]> {
  return withWriter(cluster, async ({ member }) => {
    const pin = async () => (await member.pin(['content:bench'])).release();
    const secondsAfter = async (signal: NodeJS.Signals): Promise<number> => {
      const { pid } = await cluster.leader();
      const since = performance.now();
      process.kill(pid, signal);
      await pin();
      const seconds = (performance.now() - since) / 1_000;
      if (signal === 'SIGSTOP') process.kill(pid, 'SIGCONT');
      return seconds;
    };
    await pin();
    const killed = within('leader replaced after SIGKILL', await secondsAfter('SIGKILL'), 3, 's');
    await cluster.add('cluster-coordinator');
    const paused = within('leader replaced after SIGSTOP', await secondsAfter('SIGSTOP'), 3, 's');
    const handedOver = within('leader hands over, longest wait of a write', await longestWait(cluster, pin), 0.2, 's');
    return [killed, paused, handedOver];
  });
}

/** The longest that one of many pins waits while the leader stops as it is asked to, in seconds. */
async function longestWait(cluster: RunningCluster, pin: () => Promise<void>): Promise<number> {
  process.kill((await cluster.leader()).pid, 'SIGTERM');
  let longest = 0;
  for (const end = performance.now() + handOverMillis; performance.now() < end;) {
    const since = performance.now();
    await pin();
    longest = Math.max(longest, performance.now() - since);
  }
  return longest / 1_000;
}
