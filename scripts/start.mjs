/** `npm start`: from a fresh clone to a running cluster. Options after `--` go to `tributary up`. */
import { join } from 'node:path';
import { becomes, root, runtime } from './runtime.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
becomes(node, [join(root, 'apps/tributary/dist/main.js'), 'up', '--foreground', ...process.argv.slice(2)], env);
