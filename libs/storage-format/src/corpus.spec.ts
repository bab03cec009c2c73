import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalStorage } from './canonical.js';
import { StorageFormatError } from './errors.js';
import { parseStorage } from './parse.js';
import { renderView } from './render/render-view.js';
import { serialiseStorage } from './serialise.js';
import { MemoryWiki } from './testing/memory-wiki.js';
import { SAMPLE_HOME, SAMPLE_PAGE } from './testing/sample-page.js';

/** A folder with real pages, one body a `.conf` file, as Sphinx's Confluence builder writes them; the sample page alone otherwise. */
const CORPUS_FOLDER = process.env['STORAGE_FORMAT_CORPUS'];

/** The fuzzing ends after this, whatever it found. */
const FUZZ_MILLIS_MAX = 3_000;

/** Clients write bodies that are no XML: one of Django's 654 pages is. */
const PARSED_SHARE_MIN = 0.99;

interface Page {
  readonly name: string;
  readonly source: string;
}

const filesBelow = (folder: string): Page[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conf'))
    .map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') }));

const pages = [
  { name: 'sample', source: SAMPLE_PAGE },
  ...(CORPUS_FOLDER === undefined ? [] : filesBelow(CORPUS_FOLDER)),
];

const wiki = new MemoryWiki([
  { id: '1', title: 'My Page' },
  { id: '2', title: 'Home', parentId: '1', storage: SAMPLE_HOME },
]);

/** The tree of a body, or undefined when it's refused as it should be: with a place. */
function parsedOrRefused(source: string): ReturnType<typeof parseStorage> | undefined {
  try {
    return parseStorage(source);
  } catch (error) {
    if (!(error instanceof StorageFormatError)) throw error;
    expect(Math.min(error.line, error.column)).toBeGreaterThan(0);
    return undefined;
  }
}

describe(`${pages.length} real page(s)`, () => {
  const parsed = pages.filter(({ source }) => parsedOrRefused(source) !== undefined);

  it('can be parsed', () => {
    expect(parsed.length / pages.length).toBeGreaterThanOrEqual(PARSED_SHARE_MIN);
  });

  it('come back as they were', () => {
    for (const { name, source } of parsed) {
      const text = serialiseStorage(parseStorage(source));
      expect({ name, isSame: text === source }).toEqual({ name, isSame: true });
      expect({ name, text: canonicalStorage(canonicalStorage(source)) }).toEqual({
        name,
        text: canonicalStorage(source),
      });
    }
  });

  it('are rendered without an error or an unknown macro', async () => {
    for (const { name, source } of parsed) {
      const { html, failures } = await wiki.render(source);
      const placeholders = html.match(/<div class="(?:error|unknown-macro)".{0,200}/g);
      expect({ name, placeholders, failures }).toEqual({ name, placeholders: null, failures: [] });
    }
  });

  it('never make anything crash when they are damaged', async () => {
    const damage = fc.record({
      page: fc.constantFrom(...pages),
      at: fc.nat(),
      cut: fc.nat(30),
      extra: fc.constantFrom(
        '',
        '<',
        '>',
        '&',
        '"',
        ']]>',
        '<![CDATA[',
        '<!--',
        '</p>',
        '<p>',
        '\u0000',
        '\ud800',
        '&nbsp;',
        '<br/>',
        'é',
      ),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ page: { source }, at, cut, extra }) => {
        const offset = at % source.length;
        const damaged = source.slice(0, offset) + extra + source.slice(offset + cut);
        const document = parsedOrRefused(damaged);
        if (document === undefined) return;
        expect(serialiseStorage(document)).toBe(damaged);
        expect((await renderView(document, wiki)).failures).toEqual([]);
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX, numRuns: 20_000 },
    );
  });
});
