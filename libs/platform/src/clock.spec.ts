import { describe, expect, it } from '@jest/globals';
import { systemClock, untilBeat } from './clock.js';

describe('the wait until a beat', () => {
  it('ends on a multiple of the period, wherever it begins', () => {
    expect(untilBeat(1_300, 1_000)).toBe(700);
    expect(untilBeat(2_000, 1_000)).toBe(1_000);
    expect(untilBeat(1_300.4, 500)).toBe(200);
  });

  it('is for the next one after a turn that came early', () => {
    expect(untilBeat(1_999.6, 1_000)).toBe(1_001);
  });

  it('is never longer than the period and the tenth that counts as early', () => {
    for (let now = 0; now < 3_000; now += 0.7) {
      const wait = untilBeat(now, 1_000);
      expect(wait).toBeGreaterThanOrEqual(100);
      expect(wait).toBeLessThanOrEqual(1_100);
    }
  });
});

describe("the machine's beat", () => {
  it('is that of the wall clock when the process began, whenever that was: processes beat together', () => {
    const beganMillis = performance.timeOrigin + performance.now();
    for (const periodMillis of [500, 1_000, 2_000]) {
      const beatAt = beganMillis + systemClock.untilBeat(periodMillis);
      const fromBeat = ((beatAt + periodMillis / 2) % periodMillis) - periodMillis / 2;
      expect(Math.abs(fromBeat)).toBeLessThan(50);
    }
  });
});
