import { describe, expect, it } from '@jest/globals';
import { rulesOff } from './rules-off.js';
import { SimulatedCluster, type Run } from './simulated-cluster.js';

/**
 * `TRIBUTARY_SIMULATION_SECONDS=600` looks longer; `TRIBUTARY_SIMULATION_SEED=fresh` where nobody has looked yet, a number where a run
 * failed. The same seeds by default, so that a failure is the work of a change.
 */
const secondsMax = Number(process.env['TRIBUTARY_SIMULATION_SECONDS'] ?? 5);
const givenSeed = process.env['TRIBUTARY_SIMULATION_SEED'] ?? '1';
const firstSeed = givenSeed === 'fresh' ? Math.floor(performance.timeOrigin % 1e9) : Number(givenSeed);
/** Seeds that are tried at most to find what a missing rule does. */
const seedsMax = 2_000;

describe('the real coordinators, members and caches on a simulated network and clock', () => {
  it.each([{}, { mereWriters: true }, { confirmationsToWriters: true }])(
    'let nobody read what is older than somebody has seen, whatever is lost, late, doubled, paused or killed (%j)',
    async (without) => {
      const end = performance.now() + secondsMax * 1_000;
      const sum = { runs: 0, reads: 0, writes: 0, hits: 0, leftOut: 0 };
      for (let seed = firstSeed; performance.now() < end; seed += 1) {
        const { violations, reads, writes, hits, leftOut } = await SimulatedCluster.run(seed, without);
        expect({ seed, violations }).toEqual({ seed, violations: [] });
        sum.runs += 1;
        sum.reads += reads;
        sum.writes += writes;
        sum.hits += hits;
        sum.leftOut += leftOut;
      }
      // Caches that serve nothing would prove nothing.
      expect(sum.hits).toBeGreaterThan(10 * sum.runs);
      expect(sum.writes).toBeGreaterThan(10 * sum.runs);
      // Nor would versions that know the same.
      expect(sum.leftOut).toBeGreaterThan(sum.runs);
    },
    (secondsMax + 60) * 1_000,
  );

  it('do the same for the same seed', async () => {
    expect(await SimulatedCluster.run(5)).toEqual(await SimulatedCluster.run(5));
  });

  it.each(rulesOff)(
    'without $rule, somebody reads what is old',
    async ({ seed: first, without, apply }) => {
      const undo = apply?.();
      let found: Run | undefined;
      try {
        for (let seed = first; !found && seed < first + seedsMax; seed += 1) {
          const run = await SimulatedCluster.run(seed, without);
          if (run.violations.length > 0) found = run;
        }
      } finally {
        undo?.();
      }
      expect(found?.violations[0]).toMatch(/^(reader|writer)-\d+ read [ab] = \d+ .* after \d+ was known$/);
    },
    120_000,
  );
});
