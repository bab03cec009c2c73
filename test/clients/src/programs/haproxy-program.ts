import { accessSync, constants } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachedFolder } from './cached-folder.js';
import { runCommand } from './command.js';

const packageMillisMax = 120_000;

export interface HaproxyProgram {
  readonly path: string;
  /** What it needs beside its environment: where its libraries lie. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * haproxy from PATH, else from the Debian packages that `apt-get install haproxy` would install here. They are unpacked into
 * the cache, not installed: nothing of the machine changes. Throws with both ways when neither is possible.
 */
export async function findHaproxy(): Promise<HaproxyProgram> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'haproxy'));
  const installed = [...onPath, '/usr/sbin/haproxy'].find(isExecutable);
  if (installed) return { path: installed, env: {} };
  const folder = await unpacked();
  const libraries = join(folder, 'usr', 'lib');
  const folders = (await readdir(libraries)).filter((name) => name.includes('-linux-gnu'));
  return {
    path: join(folder, 'usr', 'sbin', 'haproxy'),
    env: { LD_LIBRARY_PATH: folders.map((name) => join(libraries, name)).join(delimiter) },
  };
}

async function unpacked(): Promise<string> {
  try {
    return await cachedFolder('haproxy', [], async (folder) => {
      await downloadInto(folder).catch(async () => {
        // A new machine has no lists of packages yet, an old one has old lists; only root may fetch them.
        await runCommand('apt-get', ['update'], packageMillisMax);
        await downloadInto(folder);
      });
      const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
      for (const archive of archives) await runCommand('dpkg', ['-x', join(folder, archive), folder], packageMillisMax);
    });
  } catch (error) {
    throw new Error(
      'haproxy was not found on PATH, and its Debian packages could not be had. Install haproxy, or run `apt-get update` as root.',
      { cause: error },
    );
  }
}

/** Gets the packages that an installation would bring. */
async function downloadInto(folder: string): Promise<void> {
  const plan = ['-s', 'install', '--no-install-recommends', 'haproxy'];
  const planned = await runCommand('apt-get', plan, packageMillisMax);
  const names = [...planned.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  await runCommand('apt-get', ['download', ...names], packageMillisMax, { cwd: folder });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
