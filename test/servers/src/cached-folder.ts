import { cacheFolder } from '@tributary/servers';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * A folder in the cache that `fill` fills once; later calls with the same `name` and `inputs` find it. It is made under a name
 * of its own, where it stays, and a link is put to it when it is whole: nobody sees half of it, and what wrote down its own
 * path (a Python environment, Sphinx) isn't moved.
 */
export async function cachedFolder(
  name: string,
  inputs: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const parent = join(cacheFolder(), 'programs');
  const digest = createHash('sha256').update(inputs.join('\0')).digest('hex').slice(0, 12);
  const link = join(parent, `${name}-${digest}`);
  const found = await existing(link);
  if (found) return found;
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(`${link}-`);
  try {
    await fill(folder);
    await symlink(basename(folder), link);
    return await realpath(link);
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return await realpath(link);
    throw error;
  }
}

async function existing(link: string): Promise<string | undefined> {
  try {
    return await realpath(link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
