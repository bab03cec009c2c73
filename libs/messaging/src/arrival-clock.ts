import type { NatsConnection } from '@nats-io/transport-node';
import { systemClock } from '@tributary/platform';

/** How often this process notes that it is awake. */
const beatMillis = 100;
/** A shorter pause is a late event loop, as everybody has it. */
const pauseMillisMin = 250;

/**
 * When a message that is read now may have come. A process that was paused finds in its socket what was sent to it meanwhile, and nothing
 * of a message says how old it is: clocks of two machines are not compared. But the process knows by its own monotonic clock that it was
 * away, and the servers send what they hold in its order: what is read before they answer a ping is from the pause, for all it knows.
 *
 * Guarantee: no message came before the time that is told. Not promised: that it came then; a paused process may count one as too old.
 */
export class ArrivalClock {
  private awakeAt = performance.now();
  private waitingSince: number | undefined;
  private pauses = 0;
  private readonly stopBeats: () => void;

  constructor(private readonly connection: Pick<NatsConnection, 'flush'>) {
    this.stopBeats = systemClock.every(beatMillis, () => this.look());
  }

  /** The earliest time at which a message that is read now may have come, on `performance.now()`. */
  earliest(): number {
    const now = this.look();
    return this.waitingSince ?? now;
  }

  stop(): void {
    this.stopBeats();
  }

  private look(): number {
    const now = performance.now();
    const before = this.awakeAt;
    this.awakeAt = now;
    if (now - before >= pauseMillisMin) {
      this.waitingSince ??= before;
      void this.readAll();
    }
    return now;
  }

  private async readAll(): Promise<void> {
    this.pauses += 1;
    const pause = this.pauses;
    // A connection that is gone brings nothing more either.
    await this.connection.flush().catch(() => undefined);
    if (pause === this.pauses) this.waitingSince = undefined;
  }
}
