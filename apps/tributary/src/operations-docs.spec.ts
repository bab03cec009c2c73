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

/** Every sentence that the program says to operators when something isn't as it should be. */
const said = [
  ...literalsOf(['apps/tributary/src'], /OperatorError\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs),
  ...literalsOf(
    ['apps', 'libs'],
    /(?:unavailable\(|ServiceError\('(?:unavailable|internal|readOnly)',)\s*(['"`])((?:\\.|(?!\1).)*)\1/gs,
  ),
  ...literalsOf(
    ['apps', 'libs'],
    /(?:log|logger)\.(?:warn|error|fatal)\((?:\{[^}]*\},)?\s*(['"`])((?:\\.|(?!\1).)*)\1/gs,
  ),
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

/** What of a message is the same each time. */
const longestFixedPart = (message: string): string =>
  message
    .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
    .toSorted((one, other) => other.length - one.length)[0]
    ?.trim() ?? '';

function literalsOf(folders: readonly string[], pattern: RegExp): string[] {
  return folders
    .flatMap(sources)
    .flatMap((code) => [...code.matchAll(pattern)].map(([, , text]) => (text ?? '').replaceAll(/\\(.)/g, '$1')));
}

function sources(folder: string): string[] {
  const root = join(repository, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
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
