import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';
import type { RunningCluster } from '@tributary/test-servers';
import { within, type Comparison } from './report.js';
import { createPages } from './pages.js';

const writes = 100;
/** Writes are so far apart, so that none shares its messages with another. */
const apartMillis = 20;
const settleMillis = 3_000;
/** Published for a lone write whatever the number of members: pin, broadcast, grant, end, its broadcast. */
const withoutMembers = 5;
/** A pin that waits for a busy machine is asked for again. */
const repeated = 1;

/**
 * The messages that coherence publishes for one write, beside the most that the design allows: one from each member that may hold the page, all
 * members with caches at most, and five. What docs/operations/scale.md calculates with.
 */
export async function messagesOfAWrite(cluster: RunningCluster, membersWithCaches: number): Promise<Comparison[]> {
  const [id] = await createPages(cluster, 'MESSAGES', 1);
  const connection = await connect(natsAddress((await cluster.servers()).natsUrl));
  const counted = new Map<string, { count: number; bytes: number }>();
  connection.subscribe('cluster.>', {
    callback: (error, { subject, data }) => {
      const kind = /^cluster\.(leader\.pin|leader\.unpin|pinned|unpinned|confirmed|granted)/.exec(subject)?.[1];
      if (error || !kind) return;
      const so = counted.get(kind) ?? { count: 0, bytes: 0 };
      counted.set(kind, { count: so.count + 1, bytes: so.bytes + data.length + subject.length });
    },
  });
  try {
    await sleep(settleMillis);
    counted.clear();
    for (let number = 2; number < writes + 2; number += 1) {
      const body = { storage: { value: '<p>text</p>', representation: 'storage' } };
      const change = { type: 'page', title: 'Counted', version: { number }, body };
      const { status } = await cluster.call(cluster.url, 'PUT', `/rest/api/content/${id}`, change);
      if (status !== 200) throw new Error(`A write was answered ${status}`);
      await sleep(apartMillis);
    }
    await sleep(settleMillis);
  } finally {
    await connection.close();
  }
  const all = [...counted].map(
    ([kind, { count, bytes }]) => `${kind} ${count / writes} of ${Math.round(bytes / count)} B`,
  );
  process.stderr.write(`Messages of one write: ${all.join(', ')}\n`);
  const published = [...counted.values()].reduce((sum, { count }) => sum + count, 0) / writes;
  const most = withoutMembers + membersWithCaches + repeated;
  return [within(`messages of one write, ${membersWithCaches} members with caches`, published, most, 'messages')];
}
