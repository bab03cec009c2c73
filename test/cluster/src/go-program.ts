import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '@tributary/test-servers';

const cacheFolder = process.env['TRIBUTARY_CACHE_DIR'] ?? fileURLToPath(new URL('../../../.cache', import.meta.url));
const buildMillisMax = 120_000;

/** The path of a Go program beside this folder, built into the cache; Go itself finds out whether there is anything to do. */
export async function goProgram(name: 'porcupine' | 'wire'): Promise<string> {
  const program = join(cacheFolder, name, name);
  await mkdir(join(cacheFolder, name), { recursive: true });
  const cwd = fileURLToPath(new URL(`../${name}`, import.meta.url));
  await runCommand('go', ['build', '-o', program, '.'], buildMillisMax, { cwd });
  return program;
}
