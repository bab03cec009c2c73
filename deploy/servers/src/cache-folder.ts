import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where programs lie that no package manager puts in place: the pinned Node.js and nats-server. `TRIBUTARY_CACHE_DIR`, else
 * `.cache` in the repository, so that nothing stays behind when the repository is removed. scripts/runtime.mjs follows the
 * same rule: it runs before anything is built.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const configured = env['TRIBUTARY_CACHE_DIR'];
  return configured ? resolve(configured) : join(fileURLToPath(new URL('../../../', import.meta.url)), '.cache');
}
