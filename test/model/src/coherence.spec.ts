import { describe, expect, it } from '@jest/globals';
import { search } from './spin.js';

/**
 * The protocol of coherent caches, searched whole within a scope. Larger scopes take longer than a test may: docs/spec/README.md
 * says how they are searched, and what was found.
 */
describe('the model of coherence', () => {
  it.each([{}, { own: true }, { direct: true }])(
    'has no stale read with all rules, also where who writes has a cache, or members confirm to it (%j)',
    async (more) => {
      const scope = { writers: 1, caches: 1, leaders: 1, ...more };
      expect(await search(scope)).toMatchObject({ isViolated: false, isWhole: true });
    },
  );

  it.each(['R1', 'R2', 'R4', 'R6', 'R7'])('has one without %s', async (without) => {
    expect(await search({ writers: 1, caches: 1, leaders: 1, without })).toMatchObject({ isViolated: true });
  });

  it('has one without R17 when who writes has a cache', async () => {
    const scope = { writers: 1, caches: 1, leaders: 1, own: true, without: 'R17' };
    expect(await search(scope)).toMatchObject({ isViolated: true });
  });

  it('has one without R18 when members confirm to the writer', async () => {
    const scope = { writers: 1, caches: 1, leaders: 1, direct: true, without: 'R18' };
    expect(await search(scope)).toMatchObject({ isViolated: true });
  });

  it.each(['R8', 'R13'])('has one without %s when the leader changes', async (without) => {
    expect(await search({ writers: 1, caches: 1, leaders: 2, without })).toMatchObject({ isViolated: true });
  });

  it.each(['R14', 'R14b', 'R16'])('has one without %s when members list what they hold', async (without) => {
    const scope = { writers: 1, caches: 1, leaders: 1, directory: true, without };
    expect(await search(scope)).toMatchObject({ isViolated: true });
  });
});
