/** Promises that are settled by one event and what hangs on them: so many turns, whatever there is to do. */
const microtaskTurns = 12;

interface Event {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** Simulated time: events happen one after the other, in the order of their times, each with all that follows from it at once. */
export class Timeline {
  now = 0;
  private readonly events: Event[] = [];
  private order = 0;

  /** Returns what cancels it. */
  after(millis: number, act: () => void): () => void {
    const event: Event = { at: this.now + Math.max(millis, 0), order: (this.order += 1), act, cancelled: false };
    this.events.splice(this.placeOf(event), 0, event);
    return () => {
      event.cancelled = true;
    };
  }

  async runUntil(end: number): Promise<void> {
    // What comes later stays: a stream in order loses nothing.
    for (let event = this.events.at(-1); event && event.at <= end; event = this.events.at(-1)) {
      this.events.pop();
      if (event.cancelled) continue;
      this.now = event.at;
      event.act();
      for (let turn = 0; turn < microtaskTurns; turn += 1) await Promise.resolve();
    }
    this.now = end;
  }

  /** The soonest is the last. */
  private placeOf(event: Event): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.events[middle] as Event;
      if (other.at > event.at || (other.at === event.at && other.order > event.order)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
