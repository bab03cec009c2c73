/** `npm run soak -- --minutes N --seed S`: faults by chance, one after the other. `--only TEXT` chooses some of them by name. */
import { join } from 'node:path';
import { becomes, root, runtime } from './runtime.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
becomes(node, [join(root, 'test/cluster/dist/faults/soak.js'), ...process.argv.slice(2)], env);
