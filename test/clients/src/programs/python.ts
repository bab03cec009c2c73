import { cachedFolder, runCommand } from '@tributary/test-servers';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requirements = fileURLToPath(new URL('../../python/requirements.txt', import.meta.url));
const installMillisMax = 240_000;

/** The Python of an environment that holds the Python clients in the versions of python/requirements.txt; makes it when it isn't there. */
export async function pythonWithClients(): Promise<string> {
  const folder = await cachedFolder('python', [await readFile(requirements, 'utf8')], async (folder) => {
    await runCommand('python3', ['-m', 'venv', folder], installMillisMax);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    await runCommand(join(folder, 'bin', 'python'), install, installMillisMax);
  });
  return join(folder, 'bin', 'python');
}
