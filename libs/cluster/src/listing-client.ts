import type { NatsConnection } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';
import type { Clock } from '@tributary/platform';
import type { CacheGate } from './cache-gate.js';
import { encodeMessage } from './messages.js';

/** Listings of one moment travel together; what they are for is loaded already, and nobody waits. */
const lingerMillis = 1;
/** A leader answers at once. */
const answerMillisMax = 1_000;

/** Tells the leader's directory what this process holds, and keeps telling until it knows. */
export class ListingClient {
  private sendingSoon = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly nodeId: string,
    private readonly gate: CacheGate,
    private readonly clock: Clock,
  ) {
    gate.lists.tell = () => this.sendSoon();
  }

  /** The leader has said that it keeps a directory: it gets the whole list where it doesn't know it. */
  tellLeader(): void {
    const { lists, membership } = this.gate;
    if (!lists.isUnknownTo(membership.token)) return;
    const whole = lists.whole();
    this.send({ ...membership, nodeId: this.nodeId, ...whole, adds: [], drops: [] });
  }

  /** To be called about once a second. */
  tidy(): void {
    this.gate.lists.giveUp(this.clock.now() - answerMillisMax);
    this.gate.lists.shorten();
  }

  private sendSoon(): void {
    if (this.sendingSoon) return;
    this.sendingSoon = true;
    this.clock.after(lingerMillis, () => {
      this.sendingSoon = false;
      const { lists, membership } = this.gate;
      if (lists.hasUnsent)
        this.send({ ...membership, nodeId: this.nodeId, ...lists.takeUnsent(membership.token, this.clock.now()) });
    });
  }

  private send(listing: cluster.Listing): void {
    if (!this.connection.isClosed()) this.connection.publish(cluster.subjects.listing, encodeMessage(listing));
  }
}
