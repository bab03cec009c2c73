import type { cluster } from '@tributary/contracts';

/** Rounds that are waited for at once. Of one that is forgotten the writer asks again. */
const roundsMax = 1_000;

/**
 * Who has confirmed which round to the writer of its pins. Guarantee: a round is complete when every incarnation that its leader named
 * has confirmed it (R18). Who wasn't named doesn't confirm, and a round is told with the same names whenever it is told.
 *
 * Pure: no timers, no messages.
 */
export class ConfirmedRounds {
  private readonly confirmed = new Map<string, Set<number>>();

  /** Takes a confirmation, which may come twice. Answers whether it was the last that its round waited for. */
  isComplete({ store, token, round, incarnation, of }: cluster.ConfirmationToWriter): boolean {
    const key = `${store}.${token}.${round}`;
    const by = (this.confirmed.get(key) ?? new Set()).add(incarnation);
    if (by.size >= of) {
      this.confirmed.delete(key);
      return true;
    }
    this.confirmed.set(key, by);
    const [oldest] = this.confirmed.size > roundsMax ? this.confirmed.keys() : [];
    if (oldest !== undefined) this.confirmed.delete(oldest);
    return false;
  }
}
