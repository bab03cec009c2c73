/** `npm run demo`: publishes all of Django's documentation with a real client, reads it back and breaks things meanwhile. */
import { publishedPages } from './published-pages.mjs';
import { runtime } from './runtime.mjs';
import { finish, suite } from './suites.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
const specs = ['--runInBand', '--testPathPatterns', 'test/clients/src/demonstration'];
suite('Demonstration', 'test/clients/jest.config.mjs', specs, { node, env: { ...env, TRIBUTARY_DEMO: 'all' } });
publishedPages({ node, env });
finish();
