import { ClusterMember } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import { createLogger, readServiceConfig } from '@tributary/platform';
import type { RunningCluster } from '@tributary/test-servers';
import { within, type Comparison } from './report.js';

/** How long writes have no leader: from the signal until a pin that was asked for afterwards is granted. */
export async function leaderReplaced(cluster: RunningCluster): Promise<Comparison[]> {
  const { natsUrl } = await cluster.servers();
  const config = readServiceConfig({
    TRIBUTARY_SERVICE: 'bench',
    TRIBUTARY_NATS_URL: natsUrl,
    TRIBUTARY_LOG_LEVEL: 'silent',
  });
  const logger = createLogger(config);
  const connection = await connectNats(config, logger);
  const writer = await ClusterMember.join({ connection, config, logger, address: '' });
  const secondsAfter = async (signal: NodeJS.Signals): Promise<number> => {
    const { pid } = await cluster.leader();
    const since = performance.now();
    process.kill(pid, signal);
    (await writer.pin(['content:bench'])).release();
    const seconds = (performance.now() - since) / 1_000;
    if (signal === 'SIGSTOP') process.kill(pid, 'SIGCONT');
    return seconds;
  };
  try {
    (await writer.pin(['content:bench'])).release();
    const killed = within('leader replaced after SIGKILL', await secondsAfter('SIGKILL'), 3, 's');
    await cluster.add('cluster-coordinator');
    const paused = within('leader replaced after SIGSTOP', await secondsAfter('SIGSTOP'), 3, 's');
    return [killed, paused];
  } finally {
    await writer.leave();
    await connection.drain();
  }
}
