import { ConfirmedRounds } from './confirmed-rounds.js';
import { decodeMessage, encodeMessage } from './messages.js';
import { cluster, unavailable } from '@tributary/contracts';
import type { Clock } from '@tributary/platform';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';

/**
 * When a request that nobody has granted yet is sent again: it, its broadcast or its answer may be lost, its leader gone. Soon at first, for
 * a leader that hands over is replaced within some milliseconds.
 */
const firstRepeatMillis = 50;
const repeatMillisMax = 250;
/** An end waits this long for a pin to travel with: messages are what a pin costs, and nobody waits for its end. */
const endLingerMillis = 2;

export interface PinClientTimes {
  /** How long a write waits for its pin. Shorter than a transaction may last, longer than a dead member's lease. */
  readonly deadlineMillis: number;
  /** How long a pin lasts. One that is open for a share of it is renewed: PostgreSQL bounds a transaction, but not its COMMIT. */
  readonly pinMillis: number;
}

/** Part of a pin's time after which it is renewed. */
const renewalShare = 0.25;

/** The caches of the writers' own process: it holds their pins by itself, so that nobody has to ask it (R17). */
export interface OwnCaches {
  /** The incarnation that its entries are of; 0 before it is registered. */
  readonly membership: { readonly store: number; readonly incarnation: number };
  holdOwn(pin: cluster.PinnedTags): void;
  releaseOwn(id: string): void;
}

interface Waiting {
  readonly tags: readonly string[];
  readonly resolve: () => void;
}

/**
 * Pins tags at the cluster's leader for the writers of one process. Guarantee: when `pin` resolves, every member with caches has
 * dropped what depends on the tags and keeps nothing of it until the pin ends, or its lease is over. Requests of the same turn of
 * the event loop travel in one message, with the ends of the last moment. Repeating is harmless: a pin has its own id.
 */
export class PinClient {
  private readonly waiting = new Map<string, Waiting>();
  private readonly open = new Map<string, { readonly tags: readonly string[]; readonly since: number }>();
  private stopRenewing: (() => void) | undefined;
  private readonly subscriptions: Subscription[];
  private readonly confirmedRounds = new ConfirmedRounds();
  private unsentPins: cluster.PinnedTags[] = [];
  private unsentEnds: string[] = [];
  private sendingSoon = false;
  private endingSoon = false;
  private counter = 0;
  private stopRepeating: (() => void) | undefined;
  private repeatMillis = firstRepeatMillis;

  constructor(
    private readonly connection: NatsConnection,
    private readonly nodeId: string,
    /** Makes ids unique over restarts of a node that keeps its name. */
    private readonly epoch: string,
    private readonly times: PinClientTimes,
    private readonly acknowledge: (term: cluster.Term) => boolean,
    private readonly clock: Clock,
    private readonly own?: OwnCaches,
  ) {
    const on = (subject: string, take: (message: Msg) => void): Subscription =>
      connection.subscribe(subject, { callback: (error, message) => void (error ?? take(message)) });
    const { granted, confirmedToWriter } = cluster.subjects;
    this.subscriptions = [
      on(granted(nodeId), (message) => this.takeGrant(decodeMessage<cluster.Granted>(message))),
      on(confirmedToWriter(nodeId), (message) =>
        this.takeConfirmation(decodeMessage<cluster.ConfirmationToWriter>(message)),
      ),
    ];
  }

  async pin(tags: readonly string[]): Promise<{ release(): void }> {
    const id = `${this.nodeId}.${this.epoch}.${(this.counter += 1)}`;
    this.own?.holdOwn({ id, tags });
    await new Promise<void>((resolve, reject) => {
      const cancel = this.clock.after(this.times.deadlineMillis, () => {
        this.waiting.delete(id);
        // It may be granted yet: nobody needs it any more.
        this.end(id);
        reject(unavailable('The cluster did not confirm the change in time. Nothing was changed; please try again'));
      });
      this.waiting.set(id, {
        tags,
        resolve: () => {
          cancel();
          resolve();
        },
      });
      this.unsentPins.push({ id, tags });
      this.sendSoon();
      this.planRepeat();
    });
    this.open.set(id, { tags, since: this.clock.now() });
    this.planRenewal();
    return { release: () => this.end(id) };
  }

  close(): void {
    this.stopRepeating?.();
    this.stopRenewing?.();
    this.flush();
    this.flushEnds();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private end(id: string): void {
    this.open.delete(id);
    this.own?.releaseOwn(id);
    this.unsentEnds.push(id);
    if (this.endingSoon) return;
    this.endingSoon = true;
    this.clock.after(endLingerMillis, () => this.flushEnds());
  }

  private takeGrant({ store, token, ids }: cluster.Granted): void {
    if (this.acknowledge({ store, token })) this.grant(ids);
  }

  private takeConfirmation(confirmation: cluster.ConfirmationToWriter): void {
    // Rounds of a former leader are worth nothing when a newer one is known (R9).
    if (!this.acknowledge(confirmation) || !confirmation.ids.some((id) => this.waiting.has(id))) return;
    if (this.confirmedRounds.isComplete(confirmation)) this.grant(confirmation.ids);
  }

  private grant(ids: readonly string[]): void {
    for (const id of ids) {
      this.waiting.get(id)?.resolve();
      this.waiting.delete(id);
    }
  }

  private sendSoon(): void {
    if (this.sendingSoon) return;
    this.sendingSoon = true;
    this.clock.soon(() => this.flush());
  }

  private flush(): void {
    this.sendingSoon = false;
    this.sendPins(this.unsentPins.splice(0));
  }

  private flushEnds(): void {
    this.endingSoon = false;
    const ids = this.unsentEnds.splice(0);
    if (ids.length === 0 || this.connection.isClosed()) return;
    this.connection.publish(cluster.subjects.unpin, encodeMessage<cluster.UnpinRequest>({ ids }));
  }

  /** While pins wait only: a process that writes nothing needs no timer. */
  private planRepeat(): void {
    this.stopRepeating ??= this.clock.after(this.repeatMillis, () => this.repeat());
  }

  private repeat(): void {
    this.stopRepeating = undefined;
    this.repeatMillis = this.waiting.size === 0 ? firstRepeatMillis : Math.min(2 * this.repeatMillis, repeatMillisMax);
    if (this.waiting.size === 0) return;
    this.planRepeat();
    this.sendPins([...this.waiting].map(([id, { tags }]) => ({ id, tags })));
  }

  private planRenewal(): void {
    this.stopRenewing ??= this.clock.after(this.times.pinMillis * renewalShare, () => this.renew());
  }

  /** Pins whose transactions go on; a new leader learns of them too. */
  private renew(): void {
    this.stopRenewing = undefined;
    if (this.open.size === 0) return;
    this.planRenewal();
    const before = this.clock.now() - this.times.pinMillis * renewalShare;
    const long = [...this.open].filter(([, { since }]) => since <= before);
    this.sendPins(long.map(([id, { tags }]) => ({ id, tags, renews: true })));
  }

  private sendPins(pins: cluster.PinnedTags[]): void {
    if (pins.length === 0 || this.connection.isClosed()) return;
    const { store, incarnation } = this.own?.membership ?? { store: -1, incarnation: 0 };
    const confirms = incarnation > 0 ? { confirms: { store, incarnation } } : {};
    const ends = this.unsentEnds.splice(0);
    const request: cluster.PinRequest = { nodeId: this.nodeId, pins, ends, takesConfirmations: true, ...confirms };
    this.connection.publish(cluster.subjects.pin, encodeMessage(request));
  }
}
