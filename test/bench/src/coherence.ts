import { ClusterMember } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import { createLogger, readServiceConfig } from '@tributary/platform';
import type { RunningCluster } from '@tributary/test-servers';
import { percentile, timed } from './percentile.js';
import { ReferenceProcess } from './references/process.js';
import { compare, type Comparison } from './report.js';

const samples = 3_000;
const warmUp = 500;
const echoSubject = 'bench.echo';
const payload = new Uint8Array(200);

export interface CoherenceLatency {
  readonly p50: number;
  readonly p99: number;
  readonly comparisons: readonly Comparison[];
}

/** What pinning adds to one write in this cluster, beside NATS round trips at the same time: taken in turns, so that both see the same machine. */
export async function coherenceLatency(cluster: RunningCluster, members: number): Promise<CoherenceLatency> {
  const { natsUrl } = await cluster.servers();
  const config = readServiceConfig({
    TRIBUTARY_SERVICE: 'bench',
    TRIBUTARY_NATS_URL: natsUrl,
    TRIBUTARY_LOG_LEVEL: 'silent',
  });
  const logger = createLogger(config);
  const connection = await connectNats(config, logger);
  const writer = await ClusterMember.join({ connection, config, logger, address: '' });
  const echo = await ReferenceProcess.start('echo', [natsUrl, echoSubject]);
  try {
    let number = 0;
    const pins: number[] = [];
    const trips: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      trips.push(
        ...(await timed(samples / 4, warmUp, () => connection.request(echoSubject, payload, { timeout: 5_000 }))),
      );
      const pin = async () => (await writer.pin([`content:bench${(number += 1)}`, 'space:BENCH'])).release();
      pins.push(...(await timed(samples / 4, warmUp, pin)));
    }
    const [p50, p99] = [percentile(pins, 0.5), percentile(pins, 0.99)];
    const beside = (share: number, value: number): Comparison =>
      compare(
        `coherence of a write, ${members} members, p${share * 100}`,
        { value, unit: 'ms' },
        { name: 'NATS round trip', value: percentile(trips, share) },
        { atMost: 3 },
      );
    return { p50, p99, comparisons: [beside(0.5, p50), beside(0.99, p99)] };
  } finally {
    await writer.leave();
    await connection.drain();
    await echo.stop();
  }
}
