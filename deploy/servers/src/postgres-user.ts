import { execFile } from 'node:child_process';
import { chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom PostgreSQL's processes run as; undefined means the user who started us. */
export interface ProcessUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Where root keeps what another user must reach: PostgreSQL refuses to run as root, and the repository or the data folder may lie
 * under a folder that only root enters, such as /root.
 */
const rootsSharedFolder = '/var/lib/tributary';
/** The first that exists is taken: the usual user of a PostgreSQL installation, else the user without rights. */
const candidates = ['postgres', 'nobody'];

/** The user that PostgreSQL runs as when we are root. */
export async function postgresUser(): Promise<ProcessUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of candidates) {
    try {
      const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name], { timeout: 10_000 })));
      return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
    } catch {
      continue;
    }
  }
  throw new Error(`PostgreSQL refuses to run as root, and this machine has no user ${candidates.join(' or ')}.`);
}

/** A folder that `user` owns and reaches: the wanted one, or one that a symbolic link at its place leads to. */
export function ownedFolder(path: string, user: ProcessUser | undefined): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    if (!user || reaches(user, dirname(path))) {
      mkdirSync(path, { mode: 0o700 });
    } else {
      mkdirSync(rootsSharedFolder, { recursive: true, mode: 0o755 });
      symlinkSync(mkdtempSync(join(rootsSharedFolder, 'data-')), path);
    }
  }
  const real = realpathSync(path);
  if (user && lstatSync(real).uid !== user.uid) chownSync(real, user.uid, user.gid);
  return real;
}

/**
 * The folder of PostgreSQL's programs as `user` can run them: the given one, or a copy of it. `name` tells versions apart.
 */
export async function reachablePrograms(folder: string, name: string, user: ProcessUser | undefined): Promise<string> {
  if (!user || (reaches(user, folder) && reaches(user, join(folder, 'bin')))) return folder;
  const copy = join(rootsSharedFolder, name);
  if (existsSync(copy)) return copy;
  await mkdir(rootsSharedFolder, { recursive: true, mode: 0o755 });
  const scratch = await mkdtemp(`${copy}-`);
  try {
    await cp(folder, scratch, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', scratch]);
    await rename(scratch, copy);
  } catch (error) {
    // Another start was faster; its copy is as good.
    if (!existsSync(copy)) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return copy;
}

/** Whether the user may enter the folder and every folder above it. */
function reaches(user: ProcessUser, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & enter) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || reaches(user, parent);
}
