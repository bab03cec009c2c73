import type { RunningCluster } from '@tributary/test-servers';
import { percentile, timed } from './percentile.js';
import { ReferenceProcess } from './references/process.js';
import { compare, type Comparison } from './report.js';
import { withWriter } from './writer.js';

const samples = 3_000;
const warmUp = 500;
const turns = 4;
const echoSubject = 'bench.echo';
const payload = new Uint8Array(200);

export interface CoherenceLatency {
  readonly p50: number;
  readonly comparisons: readonly Comparison[];
}

/** What pinning adds to one write in this cluster, beside NATS round trips at the same time: taken in turns, so that both see the same machine. */
export function coherenceLatency(cluster: RunningCluster, members: number): Promise<CoherenceLatency> {
  return withWriter(cluster, async ({ member, connection, natsUrl }) => {
    const echo = await ReferenceProcess.start('echo', [natsUrl, echoSubject]);
    const trip = () => connection.request(echoSubject, payload, { timeout: 5_000 });
    let number = 0;
    const pin = async () => (await member.pin([`content:bench${(number += 1)}`, 'space:BENCH'])).release();
    const [pins, trips]: [number[], number[]] = [[], []];
    try {
      for (let turn = 0; turn < turns; turn += 1) {
        trips.push(...(await timed(samples / turns, warmUp, trip)));
        pins.push(...(await timed(samples / turns, warmUp, pin)));
      }
    } finally {
      await echo.stop();
    }
    const beside = (share: number): Comparison =>
      compare(
        `coherence of a write, ${members} members, p${share * 100}`,
        { value: percentile(pins, share), unit: 'ms' },
        { name: 'NATS round trip', value: percentile(trips, share) },
        { atMost: 3 },
      );
    return { p50: percentile(pins, 0.5), comparisons: [beside(0.5), beside(0.99)] };
  });
}
