import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';
import type { RunningCluster } from '@tributary/test-servers';
import { within, type Comparison } from './report.js';
import { ask, createPages, writePage } from './pages.js';

const writes = 100;
/** Writes are so far apart, so that none shares its messages with another, and members list what they have read. */
const apartMillis = 20;
const settleMillis = 3_000;
/** Published for a lone write that concerns nobody: pin, grant, end. */
const ofNobody = 3;
/** And for one that concerns several, whose number comes to it: pin, broadcast, end, its broadcast. */
const withoutMembers = 4;
/** Some pins that wait for a busy machine are asked for again. */
const repeated = 0.3;

/**
 * The messages that coherence publishes for one write, of a page that nobody holds and of one that all gateways have read, beside the most
 * that the design allows: a confirmation of each member with caches but the writer, and four. What docs/operations/scale.md calculates with.
 */
export async function messagesOfAWrite(cluster: RunningCluster, membersWithCaches: number): Promise<Comparison[]> {
  const [unheld, held] = (await createPages(cluster, 'MESSAGES', 2)) as [string, string];
  const connection = await connect(natsAddress((await cluster.servers()).natsUrl));
  const counted = new Counted(connection);
  try {
    const count = async (id: string, who: string, readers: readonly string[], most: number) => {
      await sleep(settleMillis);
      counted.clear();
      for (let number = 2; number < writes + 2; number += 1) {
        const path = `/rest/api/content/${id}?expand=body.view`;
        for (const base of readers) await ask(base, 'GET', path, cluster.administrator);
        await sleep(apartMillis);
        await writePage(cluster, cluster.url, id, number);
      }
      await sleep(settleMillis);
      process.stderr.write(`Messages of one write of a page that ${who}: ${counted.text()}\n`);
      const what = `messages of one write of a page that ${who}, ${membersWithCaches} members with caches`;
      return within(what, counted.published(), most + repeated, 'messages');
    };
    return [
      await count(unheld, 'nobody holds', [], ofNobody),
      await count(held, 'all gateways hold', cluster.gateways, withoutMembers + membersWithCaches - 1),
    ];
  } finally {
    await connection.close();
  }
}

/** Messages of pins, by what they are. */
class Counted {
  private readonly counted = new Map<string, { count: number; bytes: number }>();

  constructor(connection: NatsConnection) {
    connection.subscribe('cluster.>', {
      callback: (error, { subject, data }) => {
        const kind = /^cluster\.(leader\.pin|leader\.unpin|pinned|unpinned|confirmed|granted)/.exec(subject)?.[1];
        if (error || !kind) return;
        const so = this.counted.get(kind) ?? { count: 0, bytes: 0 };
        this.counted.set(kind, { count: so.count + 1, bytes: so.bytes + data.length + subject.length });
      },
    });
  }

  clear(): void {
    this.counted.clear();
  }

  /** Messages of one write. */
  published(): number {
    return [...this.counted.values()].reduce((sum, { count }) => sum + count, 0) / writes;
  }

  text(): string {
    const each = [...this.counted].map(
      ([kind, { count, bytes }]) => `${kind} ${count / writes} of ${Math.round(bytes / count)} B`,
    );
    return each.join(', ');
  }
}
