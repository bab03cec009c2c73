import { sleep } from './waiting.js';

/** Time as one process has it. A simulation gives another one to the code whose promises rest on time. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Runs `act` after so long, unless the returned function is called before. */
  after(millis: number, act: () => void): () => void;
  every(millis: number, act: () => void): () => void;
  /** Runs `act` when what waits in the sockets has been taken. */
  soon(act: () => void): void;
  /** Waits; ends early with the signal's reason when it aborts. */
  sleep(millis: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(millis, act) {
    const timer = setTimeout(act, millis);
    return () => clearTimeout(timer);
  },
  every(millis, act) {
    const timer = setInterval(act, millis);
    return () => clearInterval(timer);
  },
  soon(act) {
    setImmediate(act);
  },
  sleep,
};
