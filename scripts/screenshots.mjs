/** `npm run screenshots`: takes the pictures of docs/screenshots anew. */
import { join } from 'node:path';
import { becomes, root, runtime } from './runtime.mjs';
import { build, install } from './workspace.mjs';

const { node, env } = runtime();
install({ env });
build({ env });
becomes(node, [join(root, 'test/browser/dist/gallery/main.js')], env);
