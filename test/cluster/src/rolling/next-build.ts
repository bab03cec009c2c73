import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const services = ['cluster-coordinator', 'identity', 'pages', 'attachments', 'search', 'gateway'];
const libraries = [
  'cluster',
  'contracts',
  'cql',
  'database',
  'messaging',
  'object-store',
  'platform',
  'service',
  'storage-format',
];

export const thisVersion = '0.1.0';
export const nextVersion = '0.2.0';
/** A file of the web application that only the next build has. */
export const nextAsset = 'assets/next-Bu1LdF1L.js';

/** One thing that the next build does otherwise: a text of a compiled program, and what stands there instead. */
interface Change {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/**
 * What CONTRIBUTING.md lets a version change. Each program of the next build relies on its own: it fails aloud when something comes as the
 * version before sent it.
 */
const changes: readonly Change[] = [
  { file: 'libs/platform/dist/version.js', from: thisVersion, to: nextVersion },
  { file: 'libs/contracts/dist/version.js', from: 'contractsVersion = 1', to: 'contractsVersion = 2' },
  // A field of a request, with a default that its handler relies on.
  {
    file: 'libs/contracts/dist/pages/content.js',
    from: /(export const getContent = [\s\S]*?)locale: Locale/,
    to: "$1place: z.string().default('here'), locale: Locale",
  },
  {
    file: 'apps/pages/dist/content/content.controller.js',
    from: /async get\(\{ actor, id, status, version, expand, locale \}\) \{/,
    to: "async get({ actor, id, status, version, expand, locale, place }) { if (place !== 'here') throw new Error('no place');",
  },
  // A field of an event, and a new kind of event with a consumer.
  {
    file: 'libs/contracts/dist/pages/content.js',
    from: "'contentChanged', z.object({ ids: z.array(z.string()) }));",
    to: "'contentChanged', z.object({ ids: z.array(z.string()), cause: z.string().optional() }));\nexport const contentTouched = defineEvent('pages', 'contentTouched', z.object({ touched: z.array(z.string()) }));",
  },
  {
    file: 'apps/pages/dist/content/next-version.js',
    from: 'work.emit(pages.contentChanged, { ids: [before.id] });',
    to: "work.emit(pages.contentChanged, { ids: [before.id], cause: 'next' });\n    work.emit(pages.contentTouched, { touched: [before.id] });",
  },
  {
    file: 'apps/search/dist/index/indexer.js',
    from: 'const building =',
    to: 'const touched = consumeEvent(connection, { ...options, event: pages.contentTouched }, (batch) => this.refresh(batch.flatMap(({ touched }) => touched)));\n        const building =',
  },
  { file: 'apps/search/dist/index/indexer.js', from: '[consumer.stop(), ', to: '[consumer.stop(), touched.stop(), ' },
  // A migration that expands, and code that fills what it made.
  {
    file: 'apps/pages/dist/pages.service-parts.js',
    from: 'migrations: [',
    to: `migrations: [class Touched1999999999999 {
                async up(runner) { await runner.query('alter table content add column if not exists touched_at timestamptz'); }
                async down() {}
            }, `,
  },
  {
    file: 'apps/pages/dist/content/next-version.js',
    from: 'update content set version = $2,',
    to: 'update content set touched_at = now(), version = $2,',
  },
  // What processes say of themselves, and to each other.
  { file: 'libs/cluster/dist/nodes/node-agent.js', from: 'isLeaving,', to: "isLeaving, region: 'next'," },
  { file: 'libs/cluster/dist/member.js', from: 'replaces: 0,', to: "replaces: 0, region: 'next'," },
];

/** Two builds in a folder, and a link to the one that processes are started from, as operators of several versions have them. */
export class Builds {
  private constructor(private readonly folder: string) {}

  /** Copies the present build and makes the next one from it; the link names the present one. */
  static async make(folder: string): Promise<Builds> {
    const builds = new Builds(folder);
    for (const version of [thisVersion, nextVersion]) await copyBuild(join(folder, version));
    for (const change of changes) await apply(join(folder, nextVersion), change);
    await writeFile(join(folder, nextVersion, 'apps/web/dist', nextAsset), 'export {};\n');
    await builds.use(thisVersion);
    return builds;
  }

  /** For the environment of `tributary up`. */
  get env(): Record<string, string> {
    const apps = join(this.folder, 'current', 'apps');
    return { TRIBUTARY_APPS_DIR: apps, TRIBUTARY_WEB_DIR: join(apps, 'web', 'dist') };
  }

  /** Processes that are started from now on are of this build. */
  async use(version: string): Promise<void> {
    const link = join(this.folder, 'current');
    await unlink(link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await symlink(version, link);
  }
}

async function copyBuild(to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await symlink(join(repository, 'node_modules'), join(to, 'node_modules'));
  const packages = [...services.map((name) => `apps/${name}`), ...libraries.map((name) => `libs/${name}`)];
  const parts = packages.flatMap((each) => ['dist', 'package.json', 'node_modules'].map((name) => `${each}/${name}`));
  // A package without dependencies has no node_modules.
  for (const part of [...parts, 'apps/web/dist'].filter((each) => existsSync(join(repository, each))))
    await cp(join(repository, part), join(to, part), { recursive: true, verbatimSymlinks: true });
}

async function apply(build: string, { file, from, to }: Change): Promise<void> {
  const path = join(build, file);
  const before = await readFile(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`The next build can't be made: ${file} has no ${String(from)}`);
  await writeFile(path, after);
}
