/**
 * The first step of every command: a Node.js that is new enough, and pnpm. Runs on Node.js 18 and newer without any package,
 * because it is what brings the packages. `node scripts/runtime.mjs` prints the path of the Node.js to use.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeVersion = '26.10.0';
const pnpmVersion = '12.21.0';
const oldestUsableMajor = 24;

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The same rule as deploy/servers/src/cache-folder.ts. */
export const cacheFolder = resolve(process.env.TRIBUTARY_CACHE_DIR || join(root, '.cache'));

/** The path of a Node.js that is new enough: this one, or the pinned one. */
export function usableNode() {
  const own = Number(process.versions.node.split('.')[0]) >= oldestUsableMajor;
  return own ? process.execPath : join(programs('node', nodeVersion), 'node');
}

/**
 * The environment for everything that follows: Node.js, pnpm and the workspace's programs come first on PATH. What Node.js has compiled
 * once is kept: a cluster is a dozen processes that load the same packages.
 */
export function runtime() {
  const node = usableNode();
  const folders = [join(root, 'node_modules', '.bin'), dirname(node), programs('pnpm', pnpmVersion)];
  const compiled = process.env.NODE_COMPILE_CACHE || join(cacheFolder, 'compiled');
  const PATH = [...folders, process.env.PATH].join(delimiter);
  return { node, env: { ...process.env, PATH, NODE_COMPILE_CACHE: compiled } };
}

/** The folder of a package's programs in the cache; gets the package when it isn't there. */
function programs(name, version) {
  const folder = join(cacheFolder, 'runtime', `${name}-${version}`);
  if (!existsSync(folder)) install(`${name}@${version}`, folder);
  return join(folder, 'node_modules', '.bin');
}

/** Runs a program of the workspace or of the runtime to its end; its failure is ours. */
export function run(command, args, env) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) process.exit(signal ? 1 : status);
}

/** Runs a program that lasts, passes on the signals that should end it, and ends as it does. */
export function becomes(command, args, env) {
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code) => process.exit(code ?? 1));
}

export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Into a folder of its own and then renamed, so that an install that was interrupted or ran twice does no harm. */
function install(spec, folder) {
  process.stderr.write(`Getting ${spec} from npm\n`);
  mkdirSync(join(folder, '..'), { recursive: true });
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const npm = [
      'install',
      '--prefix',
      scratch,
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-timeout=60000',
      spec,
    ];
    // npm's output goes to standard error: standard output is for the path that is asked for.
    const { status } = spawnSync('npm', npm, { cwd: scratch, stdio: ['ignore', 2, 2] });
    if (status === 0 && !existsSync(folder)) renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (!existsSync(folder)) fail(`npm could not install ${spec}: see above; npm and the network are needed once.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${usableNode()}\n`);
