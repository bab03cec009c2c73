import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { printSeed, seed } from './chances.js';
import { allTrials, shortTrials } from './faults.js';
import { NamespacedCluster } from './namespaced-cluster.js';
import { obstacleToNetworks } from './network.js';
import { tryFault } from './trial.js';

const isWhole = process.env['TRIBUTARY_FAULTS'] === 'all';
const trialMillisMax = 180_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const obstacle = await obstacleToNetworks();
// Whoever asks for the faults alone is told by a failure.
if (obstacle && !isWhole) say(`Faults of the network were NOT tested. ${obstacle}`);

(obstacle && !isWhole ? describe.skip : describe)(
  'while people read and write over three gateways, each process on a host of its own',
  () => {
    let cluster: NamespacedCluster;
    let isWell = true;

    beforeAll(async () => {
      if (obstacle) throw new Error(obstacle);
      printSeed();
      cluster = await NamespacedCluster.start();
      await cluster.cachesAreOn();
    }, 180_000);
    afterAll(async () => {
      if (!isWell) say(`The logs are kept in ${cluster.folder}`);
      await cluster?.stop({ keep: !isWell });
    }, 60_000);

    it.each(isWhole ? allTrials : shortTrials)(
      '$name',
      async (trial) => {
        const { problems, figures } = await tryFault(cluster, trial, `${seed} ${trial.name}`);
        say(`${trial.name}: ${JSON.stringify(figures)}`);
        isWell &&= problems.length === 0;
        expect(problems).toEqual([]);
      },
      trialMillisMax,
    );
  },
);
