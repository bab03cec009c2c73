/** `npm test`: everything, from a fresh clone. `npm test -- cluster` runs the suites under test/ of that name only. */
import { check } from './check.mjs';
import { publishedPages } from './published-pages.mjs';
import { runtime } from './runtime.mjs';
import { finish, suite } from './suites.mjs';
import { build, install } from './workspace.mjs';

/** In order of what they cost. Each has its jest.config.mjs. */
const suites = ['start', 'model', 'rest', 'cluster', 'clients', 'browser'];

const chosen = process.argv.slice(2);
const tools = runtime();
install(tools);
build(tools);
if (chosen.length === 0) check(tools);
for (const name of suites) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  suite(`Tests of test/${name}`, `test/${name}/jest.config.mjs`, ['--runInBand'], tools);
  if (name === 'clients') publishedPages(tools);
}
finish();
