import { beforeEach, describe, expect, it } from '@jest/globals';
import type { cluster } from '@tributary/contracts';
import { ConfirmedRounds } from './confirmed-rounds.js';

let rounds: ConfirmedRounds;
const confirmation = (incarnation: number, more: Partial<cluster.ConfirmationToWriter> = {}) => ({
  store: 0,
  token: 1,
  round: 1,
  incarnation,
  of: 2,
  ids: ['a'],
  ...more,
});

beforeEach(() => {
  rounds = new ConfirmedRounds();
});

describe('rounds that are confirmed to their writer', () => {
  it('are complete when each of those who were named has confirmed, however often', () => {
    expect(rounds.isComplete(confirmation(7))).toBe(false);
    expect(rounds.isComplete(confirmation(7))).toBe(false);
    expect(rounds.isComplete(confirmation(8))).toBe(true);
  });

  it.each([{ round: 2 }, { token: 2 }, { store: 1 }])('are told apart (%j)', (other) => {
    expect(rounds.isComplete(confirmation(7))).toBe(false);
    expect(rounds.isComplete(confirmation(8, other))).toBe(false);
    expect(rounds.isComplete(confirmation(7, other))).toBe(true);
  });

  it('are forgotten, the oldest first, when more than a thousand wait', () => {
    for (let round = 1; round <= 1_001; round += 1) rounds.isComplete(confirmation(7, { round }));
    expect(rounds.isComplete(confirmation(8, { round: 2 }))).toBe(true);
    expect(rounds.isComplete(confirmation(8, { round: 1 }))).toBe(false);
  });
});
