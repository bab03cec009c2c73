import { idle } from './waiting.js';

/** Time as one process has it. A simulation gives another one to the code whose promises rest on time. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Runs `act` after so long, unless the returned function is called before. */
  after(millis: number, act: () => void): () => void;
  /** Milliseconds until the next beat of this period, see `untilBeat`. */
  untilBeat(periodMillis: number): number;
  /** Runs `act` on every beat of so long. */
  every(millis: number, act: () => void): () => void;
  /** Runs `act` when what waits in the sockets has been taken. */
  soon(act: () => void): void;
  /** Waits; ends early, and without an error, when the signal aborts. */
  idle(millis: number, signal: AbortSignal): Promise<void>;
}

/** A turn that comes a little early on its beat waits for the next one. */
const earlyShare = 0.1;

/**
 * How long to wait, in whole milliseconds, until this clock shows a multiple of the period; at most 1.1 periods. What a process does
 * regularly beats together so: each wake of a process that has nothing else to do costs more than the work itself.
 */
export function untilBeat(now: number, periodMillis: number): number {
  const left = periodMillis - (now % periodMillis);
  return Math.ceil(left < periodMillis * earlyShare ? left + periodMillis : left);
}

/**
 * The machine's. Beats are counted from 1970 by the wall clock as it was when the process began, and by the monotonic one since: processes
 * beat together as far as their wall clocks agreed then, so that who hears of all of them wakes once. Nothing rests on it.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  untilBeat: (periodMillis) => untilBeat(performance.timeOrigin + performance.now(), periodMillis),
  after(millis, act) {
    const timer = setTimeout(act, millis);
    return () => clearTimeout(timer);
  },
  every(millis, act) {
    let timer: NodeJS.Timeout;
    const plan = (): void => {
      timer = setTimeout(
        () => {
          plan();
          act();
        },
        systemClock.untilBeat(millis),
      );
    };
    plan();
    return () => clearTimeout(timer);
  },
  soon(act) {
    setImmediate(act);
  },
  idle,
};
