import type { Chances } from './random.js';
import type { Network } from './network.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { Timeline } from './timeline.js';

/** One value in a database that is one linearizable copy, with a lock on its row and an end for transactions that last too long. */
export class Register {
  private committed = 1;
  private lock: symbol | undefined;
  /** What somebody has seen or been told of: no read that begins later may bring less. */
  private known = 1;
  readonly violations: string[] = [];
  reads = 0;
  writes = 0;

  constructor(
    readonly tag: string,
    private readonly timeline: Timeline,
    private readonly network: Network,
    private readonly transactionMillis: number,
  ) {}

  /** A transaction that holds the row; undefined when another one does. It ends by itself. */
  begin(): symbol | undefined {
    if (this.lock) return undefined;
    const transaction = Symbol('transaction');
    this.lock = transaction;
    this.timeline.after(this.transactionMillis, () => this.end(transaction));
    return transaction;
  }

  end(transaction: symbol): void {
    if (this.lock === transaction) this.lock = undefined;
  }

  /** Sends the commit; resolves when it was done, and never when it was refused or nobody says. */
  commit(by: SimulatedProcess, transaction: symbol): Promise<void> {
    return new Promise((resolve) => {
      // Mostly soon; one that comes after its transaction's time is refused.
      const there = by.chances.happens(0.04) ? by.chances.between(0, 5_000) : (this.network.delay(by) ?? 0);
      this.timeline.after(there, () => {
        if (this.lock !== transaction) return;
        this.committed += 1;
        this.end(transaction);
        this.timeline.after(this.network.delay(by) ?? 0, () =>
          by.run(() => {
            this.writes += 1;
            this.learn(this.committed);
            resolve();
          }),
        );
      });
    });
  }

  /** What the owner reads for somebody, sooner or later. */
  load(by: SimulatedProcess, chances: Chances): Promise<number> {
    return new Promise((resolve) => {
      this.timeline.after(this.network.delay(by) ?? 1, () => {
        const value = this.committed;
        const back = chances.happens(0.05) ? chances.between(0, 600) : (this.network.delay(by) ?? 1);
        this.timeline.after(back, () => by.run(() => resolve(value)));
      });
    });
  }

  /** Watches one read from its beginning; the returned function takes what it brought. */
  beginRead(by: string): (value: number) => void {
    const [least, since] = [this.known, this.timeline.now];
    return (value) => {
      this.reads += 1;
      if (value < least)
        this.violations.push(
          `${by} read ${this.tag} = ${value} from ${since.toFixed(2)} to ${this.timeline.now.toFixed(2)}, after ${least} was known`,
        );
      this.learn(value);
    };
  }

  private learn(value: number): void {
    this.known = Math.max(this.known, value);
  }
}
