import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const english = join(repository, 'docs/operations');
const japanese = join(english, 'ja');
const pages = readdirSync(english).filter((name) => name.endsWith('.md'));
const read = (folder: string, page: string): string => readFileSync(join(folder, page), 'utf8');

/** What both languages of a page have in common: its structure, and what people type. */
const outline = (text: string) => ({
  headings: [...text.matchAll(/^#+(?= )/gm)].map(([level]) => level),
  rows: text.split('\n').filter((line) => line.startsWith('|')).length,
  variables: [...new Set(text.match(/(?:TRIBUTARY|OTEL)_[A-Z_]+/g))].toSorted(),
});

describe('the operators’ documentation', () => {
  it('has the same pages in English and in Japanese', () => {
    expect(readdirSync(japanese).toSorted()).toEqual(pages.toSorted());
    expect(pages.length).toBeGreaterThanOrEqual(11);
  });

  it.each(pages)('says the same in both: %s', (page) => {
    const translated = read(japanese, page);
    expect(outline(translated)).toEqual(outline(read(english, page)));
    expect(translated).toMatch(/[ぁ-ん]/);
  });

  it.each(pages)('links to pages that are there: %s', (page) => {
    for (const folder of [english, japanese]) {
      const links = [...read(folder, page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
      const missing = links.filter((target) => !exists(join(folder, target)));
      expect({ folder, missing }).toEqual({ folder, missing: [] });
    }
  });
});

/** A text in quotes, whose first group is the quote and whose second one the text. */
const quoted = String.raw`\s*(['"\`])((?:\\.|(?!\1).)*)\1`;
const after = (what: string): RegExp => new RegExp(`(?:${what})${quoted}`, 'gs');
/** A sentence wherever it stands, but for what jobs and figures say of themselves. */
const sentence = /(?<!description: |(?:gauge|counter)',\s+)(['"`])([A-Z](?:\\.|(?!\1)[^\n])* (?:\\.|(?!\1)[^\n])*)\1/g;

/** Every sentence that the program says to operators when something isn't as it should be. */
const said = [
  ...literalsOf(['apps/tributary/src'], after(String.raw`OperatorError\(`)),
  ...literalsOf(
    ['apps', 'libs'],
    after(String.raw`unavailable\(|conflict\(|ServiceError\('(?:unavailable|internal|readOnly|conflict)',`),
  ),
  ...literalsOf(['apps', 'libs'], after(String.raw`(?:log|logger)\.(?:warn|error|fatal)\((?:\{[^}]*\},)?`)),
  // What the leader gives as its reason, what SQL refuses, what processes refuse to be told, why runs end.
  ...literalsOf(['apps/cluster-coordinator'], after(String.raw`(?:giveLeadAway|resign)\(`)),
  ...literalsOf(['apps', 'libs'], after('raise exception')),
  ...literalsOf(['libs/cluster'], after(String.raw`refusal:|super\(|abort(?:All)?\(new (?:Stopping)?Error\(`)),
  'The copy that ran it fell silent',
  // Alarms, and the errors of jobs that are about the cluster.
  ...literalsOf(['apps/cluster-coordinator/src/safety'], sentence),
  ...literalsOf(['apps/cluster-coordinator/src/administration'], sentence, /upgrade-state/),
  ...literalsOf(['apps'], sentence, /\.task\.ts$/),
];

describe('troubleshooting', () => {
  const texts = [read(english, 'troubleshooting.md'), read(japanese, 'troubleshooting.md')];

  it('finds the messages in the code', () => {
    expect(said.length).toBeGreaterThan(60);
    expect(said).toContain('The database is not available');
  });

  it.each([...new Set(said)])('explains: %s', (message) => {
    for (const text of texts) expect(text).toContain(longestFixedPart(message));
  });
});

describe('monitoring', () => {
  const families = literalsOf(['apps', 'libs'], /(['"`])(tributary_(?:\w|\$\{name\})+)\1/g);

  it('finds the figures in the code', () => expect(families.length).toBeGreaterThan(8));

  it.each([...new Set(families)].filter((family) => !family.includes('$')))('explains: %s', (family) => {
    for (const folder of [english, japanese]) expect(read(folder, 'monitoring.md')).toContain(family);
  });

  it.each([...new Set(literalsOf(['libs/cluster/src/nodes'], /event: (')([a-z-]+)\1/g))])(
    'names the event: %s',
    (event) => {
      for (const folder of [english, japanese]) expect(read(folder, 'monitoring.md')).toContain(`\`${event}\``);
    },
  );
});

describe('the list of jobs in ARCHITECTURE.md', () => {
  const [, table = ''] = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8').split(
    '### Scheduled jobs and long tasks',
  );
  const listed = [...(table.split('###')[0] ?? '').matchAll(/^\| `([a-z.-]+)`/gm)].map(([, name]) => name);
  const declarations = sources('apps', /\.(?:job|task)\.ts$/).map((code): [string | undefined, string | undefined] => [
    /export const (\w+) = declareJob/.exec(code)?.[1],
    /name: '([a-z.-]+)'/.exec(code)?.[1],
  ]);
  const nameOf = new Map(declarations);
  const declared = sources('apps', /\.service-parts\.ts$/).flatMap((code) =>
    (/^ {2}jobs: \[([^\]]*)\]/m.exec(code)?.[1] ?? '')
      .split(/,\s*/)
      .map((variable) => nameOf.get(variable) ?? variable),
  );

  it('has all of them, in the order of the code', () => {
    expect(declared.length).toBe(declarations.length);
    expect(listed).toEqual(declared);
  });
});

/** What of a message is the same each time. */
const longestFixedPart = (message: string): string =>
  message
    .split(/\$\{(?:[^{}]|\{[^}]*\})*\}|%|\$\{.*/s)
    .toSorted((one, other) => other.length - one.length)[0]
    ?.trim() ?? '';

function literalsOf(folders: readonly string[], pattern: RegExp, files = /./): string[] {
  return folders
    .flatMap((folder) => sources(folder, files))
    .flatMap((code) => [...code.matchAll(pattern)].map(([, , text]) => (text ?? '').replaceAll(/\\(.)/g, '$1')));
}

function sources(folder: string, files: RegExp): string[] {
  const root = join(repository, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        files.test(file) &&
        /(^|\/)src\/.*\.ts$|^[^/]*\.ts$/.test(file) &&
        !/node_modules|\/dist\/|\.spec\.ts$|\.fixture\.ts$|simulation\/|^web\//.test(file),
    )
    .map((file) => readFileSync(join(root, file), 'utf8'));
}

function exists(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
