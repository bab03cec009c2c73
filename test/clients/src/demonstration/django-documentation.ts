import { cacheFolder } from '@tributary/servers';
import { cachedFolder, runCommand } from '@tributary/test-servers';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const release = 'django==5.2.19';
const preparation = fileURLToPath(new URL('../../python/prepare_django.py', import.meta.url));
const downloadMillisMax = 240_000;
const unpackMillisMax = 60_000;
/** All of the documentation takes about a minute on a core of its own. */
const readMillisMax = 600_000;

export interface DjangoDocumentation {
  /** Sources, prepared for the client. */
  readonly sources: string;
  /** What Sphinx read of them. It removes them when a build fails: use a copy. */
  readonly doctrees: string;
  /** The pages as the client would publish them, a `.conf` file each. */
  readonly output: string;
}

/**
 * Django's documentation as Sphinx has read it; cached. `pages`: the size of the sample, or undefined for all pages.
 * `python` is one that has Sphinx.
 */
export async function djangoDocumentation(python: string, pages: number | undefined): Promise<DjangoDocumentation> {
  const sample = pages === undefined ? [] : [String(pages)];
  const inputs = [release, python, await readFile(preparation, 'utf8'), ...sample];
  const archive = await sourceDistribution(python);
  const folder = await cachedFolder('django', inputs, async (folder) => {
    await runCommand('tar', ['-xzf', archive, '--strip-components=1', '-C', folder], unpackMillisMax);
    const { sources, doctrees, output } = partsOf(folder);
    await runCommand(python, [preparation, sources, ...sample], unpackMillisMax);
    await mkdir(output);
    const build = ['-m', 'sphinx', '-q', '-b', 'confluence', '-d', doctrees, sources, output];
    await runCommand(python, build, readMillisMax);
  });
  const parts = partsOf(folder);
  await remember(parts.output);
  return parts;
}

/** Puts a link to the pages where scripts/published-pages.mjs finds them. */
async function remember(output: string): Promise<void> {
  const link = join(cacheFolder(), 'programs', 'published-pages');
  await rm(link, { force: true });
  await symlink(output, link);
}

const partsOf = (folder: string): DjangoDocumentation => ({
  sources: join(folder, 'docs'),
  doctrees: join(folder, 'doctrees'),
  output: join(folder, 'output'),
});

async function sourceDistribution(python: string): Promise<string> {
  const folder = await cachedFolder('django-sdist', [release], async (folder) => {
    const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '-d', folder, release];
    await runCommand(python, download, downloadMillisMax);
  });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tar.gz'));
  if (!archive) throw new Error(`pip downloaded no source distribution of ${release}`);
  return join(folder, archive);
}
