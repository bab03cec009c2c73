/** `npm test`: everything, from a fresh clone. `npm test -- cluster` runs the suites under test/ of that name only. */
import { check } from './check.mjs';
import { publishedPages } from './published-pages.mjs';
import { runtime } from './runtime.mjs';
import { finish, suite } from './suites.mjs';
import { build, install } from './workspace.mjs';

const oneAtATime = '--runInBand';
/** What waits more than it works. Each of its files keeps to what is its own. */
const twoAtATime = '--maxWorkers=2';
/** Files of test/cluster in which processes and servers fall, leases are short, or everything is asked for at once: others must not take their time. */
const falling = 'faults/|killed-and-paused|leaks|linearizability|lost-servers|pre-pin-race|rolling-|safety';

/** In order of what they cost. Each has its jest.config.mjs. */
const suites = [
  { name: 'start', runs: [[oneAtATime]] },
  { name: 'model', runs: [[oneAtATime]] },
  { name: 'rest', runs: [[oneAtATime]] },
  {
    name: 'cluster',
    runs: [
      [twoAtATime, '--testPathIgnorePatterns', falling],
      [oneAtATime, '--testPathPatterns', falling],
    ],
  },
  { name: 'clients', runs: [[oneAtATime]] },
  { name: 'browser', runs: [[twoAtATime]] },
];

const chosen = process.argv.slice(2);
const tools = runtime();
install(tools);
build(tools);
if (chosen.length === 0) check(tools, [twoAtATime]);
for (const { name, runs } of suites) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  for (const args of runs) suite(`Tests of test/${name}`, `test/${name}/jest.config.mjs`, args, tools);
  if (name === 'clients') publishedPages(tools);
}
finish();
