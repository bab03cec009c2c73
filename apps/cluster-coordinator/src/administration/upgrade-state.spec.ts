import { describe, expect, it } from '@jest/globals';
import { refusalOf, upgradeStateOf } from './upgrade-state.js';

describe('a rolling upgrade', () => {
  it.each([
    [null, ['1', '1'], 'STABLE'],
    [null, ['1', '2'], 'STABLE'],
    ['1', [], 'READY_TO_UPGRADE'],
    ['1', ['1', '1'], 'READY_TO_UPGRADE'],
    ['1', ['1', '2'], 'MIXED'],
    ['1', ['2', '3'], 'MIXED'],
    ['1', ['2', '2'], 'READY_TO_RUN_UPGRADE_TASKS'],
  ] as const)('from %s with nodes of %j is %s', (from, versions, state) => {
    expect(upgradeStateOf(from, versions)).toBe(state);
  });

  it.each([
    ['STABLE', ['start']],
    ['READY_TO_UPGRADE', ['cancel']],
    ['MIXED', []],
    ['READY_TO_RUN_UPGRADE_TASKS', ['approve']],
  ] as const)('that is %s lets only %j happen', (state, allowed) => {
    const actions = ['start', 'cancel', 'approve'] as const;
    expect(actions.filter((action) => refusalOf(action, state) === undefined)).toEqual(allowed);
  });
});
