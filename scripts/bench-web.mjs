/** `npm run bench:web`: measures the web application in Chromium. Names after `--` choose some of load, navigation, typing. */
import { join } from 'node:path';
import { becomes, root, runtime } from './runtime.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
becomes(node, [join(root, 'test/browser/dist/bench/main.js'), ...process.argv.slice(2)], env);
