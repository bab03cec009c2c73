import { accessSync, constants, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachedFolder } from './cached-folder.js';
import { runCommand } from './command.js';

const packageMillisMax = 120_000;

export interface DebianProgram {
  readonly path: string;
  /** What it needs beside its environment: where its libraries lie. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A program from PATH, else from the Debian packages that `apt-get install NAME` would install here. They are unpacked into
 * the cache, not installed: nothing of the machine changes. Throws with both ways when neither is possible.
 */
export async function findDebianProgram(name: string): Promise<DebianProgram> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  const installed = [...onPath, join('/usr/sbin', name)].find(isExecutable);
  if (installed) return { path: installed, env: {} };
  const folder = await unpacked(name);
  const path = ['bin', 'sbin'].map((programs) => join(folder, 'usr', programs, name)).find(isExecutable);
  if (!path) throw new Error(`The Debian package ${name} holds no program of that name`);
  const libraries = join(folder, 'usr', 'lib');
  const names = existsSync(libraries) ? await readdir(libraries) : [];
  const folders = names.filter((each) => each.includes('-linux-gnu'));
  return {
    path,
    env: { LD_LIBRARY_PATH: folders.map((each) => join(libraries, each)).join(delimiter) },
  };
}

async function unpacked(name: string): Promise<string> {
  try {
    return await cachedFolder(name, [], async (folder) => {
      await downloadInto(folder, name).catch(async () => {
        // A new machine has no lists of packages yet, an old one has old lists; only root may fetch them.
        await runCommand('apt-get', ['update'], packageMillisMax);
        await downloadInto(folder, name);
      });
      const archives = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
      for (const archive of archives) await runCommand('dpkg', ['-x', join(folder, archive), folder], packageMillisMax);
    });
  } catch (error) {
    throw new Error(
      `${name} was not found on PATH, and its Debian packages could not be had. Install ${name}, or run \`apt-get update\` as root.`,
      { cause: error },
    );
  }
}

/** Gets the packages that an installation would bring. */
async function downloadInto(folder: string, name: string): Promise<void> {
  const plan = ['-s', 'install', '--no-install-recommends', name];
  const planned = await runCommand('apt-get', plan, packageMillisMax);
  const names = [...planned.matchAll(/^Inst (\S+)/gm)].map(([, inst = '']) => inst);
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
