import { untilBeat, type Clock } from '@tributary/platform';
import type { Chances } from './random.js';
import type { Timeline } from './timeline.js';

/** How far the rate of one process's clock is from the true one; twice of it lies between two processes (assumed: below 5%). */
const driftMax = 0.02;

/** One process: a clock with a rate of its own, and the chance to stand still or to die between any two things that it does. */
export class SimulatedProcess implements Clock {
  private readonly rate: number;
  private readonly startedAt: number;
  private backlog: (() => void)[] | undefined;
  alive = true;

  constructor(
    readonly name: string,
    readonly timeline: Timeline,
    readonly chances: Chances,
  ) {
    this.rate = 1 + chances.between(-driftMax, driftMax);
    this.startedAt = chances.between(0, 10_000);
  }

  /** Lets the process do something, now or when it goes on; a dead one does nothing. */
  run(act: () => void): void {
    if (!this.alive) return;
    if (this.backlog) this.backlog.push(act);
    else act();
  }

  pause(millis: number): void {
    if (this.backlog) return;
    this.backlog = [];
    this.timeline.after(millis, () => {
      const waiting = this.backlog ?? [];
      this.backlog = undefined;
      for (const act of waiting) this.timeline.after(0, () => this.run(act));
    });
  }

  kill(): void {
    this.alive = false;
  }

  now(): number {
    return this.startedAt + this.timeline.now * this.rate;
  }

  after(millis: number, act: () => void): () => void {
    let cancelled = false;
    const cancel = this.timeline.after(millis / this.rate, () => this.run(() => cancelled || act()));
    return () => {
      cancelled = true;
      cancel();
    };
  }

  untilBeat(periodMillis: number): number {
    return untilBeat(this.now(), periodMillis);
  }

  every(millis: number, act: () => void): () => void {
    let cancel: () => void = () => undefined;
    const arm = (): void => {
      cancel = this.after(millis, () => {
        arm();
        act();
      });
    };
    arm();
    return () => cancel();
  }

  soon(act: () => void): void {
    this.after(0.01, act);
  }

  idle(millis: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      signal.addEventListener('abort', () => resolve());
      this.after(millis, resolve);
    });
  }
}
