/** What must be true of the workspace before anything of it runs: its packages are installed, it is built. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './runtime.mjs';

const installedStamp = join(root, 'node_modules', '.installed-lockfile');
const webFolder = join(root, 'apps', 'web');
/** Parts of the web app that its build reads. */
const webSources = [
  'src',
  'public',
  'index.html',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'lingui.config.js',
];

/** Installs the packages of the lock file, unless that was done already. */
export function install({ env }) {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(installedStamp) && readFileSync(installedStamp, 'utf8') === lockfile) return;
  progress('Installing packages');
  run('pnpm', ['install', '--frozen-lockfile', '--config.confirm-modules-purge=false'], env);
  writeFileSync(installedStamp, lockfile);
}

/** Compiles what changed, and builds the web app when its sources are newer than its last build. */
export function build({ env }) {
  progress('Building');
  removeOutputsWithoutSource();
  run('tsc', ['-b'], env);
  const built = join(webFolder, 'dist', 'index.html');
  if (!existsSync(join(webFolder, 'package.json'))) return;
  const changed = Math.max(...webSources.map((name) => newest(join(webFolder, name))));
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return;
  progress('Building the web app');
  run('pnpm', ['--filter', '@tributary/web', 'build'], env);
}

export function progress(text) {
  process.stderr.write(`${text}\n`);
}

/** The compiler leaves what it made of files that were moved or deleted since, and the dependency rule reads what it made. */
function removeOutputsWithoutSource() {
  for (const group of ['apps', 'libs', 'deploy', 'test']) {
    for (const name of namesIn(join(root, group))) {
      const [source, output] = ['src', 'dist'].map((folder) => join(root, group, name, folder));
      if (!existsSync(join(output, '.tsbuildinfo'))) continue;
      for (const file of namesIn(output, true)) {
        const [, stem] = /^(.*?)(\.d)?\.(js|ts)(\.map)?$/.exec(file) ?? [];
        if (stem && !existsSync(join(source, `${stem}.ts`))) rmSync(join(output, file));
      }
    }
  }
}

function namesIn(folder, recursive = false) {
  return existsSync(folder) ? readdirSync(folder, { recursive }).map(String) : [];
}

/** Time of the last change under a path, in milliseconds; 0 where there is nothing. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
