/** `npm run test:faults`: every fault against every part of a cluster on hosts of its own, and proof that the tests can fail. */
import { runtime } from './runtime.mjs';
import { finish, suite } from './suites.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
const specs = ['--runInBand', '--testPathPatterns', 'test/cluster/src/(faults/|killed-and-paused|rolling-upgrade)'];
const all = { ...env, TRIBUTARY_FAULTS: 'all' };
suite('Faults', 'test/cluster/jest.config.mjs', [...specs, ...process.argv.slice(2)], { node, env: all });
finish();
