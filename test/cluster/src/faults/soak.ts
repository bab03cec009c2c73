/** `npm run soak`: fault after fault by chance, every third time two at once, as long as is asked for; the seed repeats their order and what they are done to. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pick } from '../requests.js';
import { chancesOf } from './chances.js';
import { allTrials, bothOf } from './faults.js';
import { NamespacedCluster } from './namespaced-cluster.js';
import { obstacleToNetworks } from './network.js';
import { tryFault } from './trial.js';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(1e9)) },
    /** Only faults whose name has this in it. */
    only: { type: 'string', default: '' },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs until the time is over or something is wrong; answers whether all was well. */
async function soak(minutes: number, seed: string, only: string): Promise<boolean> {
  const obstacle = await obstacleToNetworks();
  if (obstacle) throw new Error(obstacle);
  const trials = allTrials.filter(({ name }) => name.includes(only));
  const chances = chancesOf(seed);
  say(`Seed ${seed}; ${trials.length} faults; ${minutes} minutes`);
  const cluster = await NamespacedCluster.start();
  let isWell = true;
  try {
    await cluster.cachesAreOn();
    const end = performance.now() + minutes * 60_000;
    for (let count = 1; isWell && performance.now() < end; count += 1) {
      const one = pick(trials, chances);
      // Every third time two at once.
      const trial = (count % 3 === 0 && bothOf(one, pick(allTrials, chances))) || one;
      const { problems, figures } = await tryFault(cluster, trial, `${seed} ${count}`);
      say(`${new Date().toISOString()} ${count}. ${trial.name}: ${JSON.stringify(figures)}`);
      for (const problem of problems) say(`  wrong: ${problem}`);
      isWell = problems.length === 0;
    }
    return isWell;
  } catch (error) {
    isWell = false;
    throw error;
  } finally {
    if (!isWell) say(`The logs are kept in ${cluster.folder}`);
    await cluster.stop({ keep: !isWell });
  }
}

process.exitCode = (await soak(Number(values.minutes), values.seed, values.only)) ? 0 : 1;
