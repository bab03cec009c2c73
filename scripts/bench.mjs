/** `npm run bench`: measurements beside their references. Names after `--` choose some of them. */
import { join } from 'node:path';
import { becomes, root, runtime } from './runtime.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
becomes(node, [join(root, 'test/bench/dist/main.js'), ...process.argv.slice(2)], env);
