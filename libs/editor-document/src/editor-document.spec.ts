import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import fc from 'fast-check';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { openStorage } from './editor-document.js';
import { nodeType, schema } from './schema/schema.js';
import { anyBody, SAMPLE } from './testing/bodies.js';
import { anyChanges, changedBody } from './testing/changed-body.js';

/** As in storage-format's specs: a folder of real pages, one body a `.conf` file. */
const CORPUS_FOLDER = process.env['STORAGE_FORMAT_CORPUS'];

const pages = [
  { name: 'sample', source: SAMPLE },
  ...(CORPUS_FOLDER === undefined
    ? []
    : readdirSync(CORPUS_FOLDER, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.conf'))
        .map((name) => ({ name, source: readFileSync(join(CORPUS_FOLDER, name), 'utf8') }))),
];

/** The document with a word put in front of its nth text. */
function withWord(doc: Node, nth: number, word: string): { changed: Node; block: number } {
  const places: number[] = [];
  doc.descendants((node, position) => void (node.isText && places.push(position)));
  // A page of nothing but what is kept as it is has no text.
  fc.pre(places.length > 0);
  const position = places[nth % places.length] ?? 0;
  const at = doc.resolve(position);
  const text = schema.text(
    word,
    at.nodeAfter?.marks.filter(({ type }) => type.name !== 'line_end'),
  );
  const changed = doc.replace(position, position, new Slice(Fragment.from(text), 0, 0));
  return { changed, block: at.index(0) };
}

/** Each block's text in the body, by taking the others away. */
const sourcesOf = (body: string): string[] => {
  const { doc, toStorage } = openStorage(body);
  return doc.children.map((node) => toStorage(nodeType('doc').create(null, node)));
};

describe(`${pages.length} page(s) opened in the editor`, () => {
  it.each([[''], ['<p />'], ['text'], ['\n'], ['<p>a</p>\n<!-- c -->'], ['<td>x</td>'], ['<ac:link />']])(
    'come back: %j',
    (body) => {
      const { doc, toStorage } = openStorage(body);
      expect(toStorage(doc)).toBe(body);
    },
  );

  it('come back exactly as they were', () => {
    for (const { name, source } of pages) {
      const { doc, toStorage } = openStorage(source);
      expect({ name, isSame: toStorage(doc) === source }).toEqual({ name, isSame: true });
    }
  });

  it('are seldom kept as they are only', () => {
    let kept = 0;
    let all = 0;
    for (const { source } of pages) {
      openStorage(source).doc.forEach(({ type }) => {
        all += 1;
        kept += type.name === 'unknown_block' ? 1 : 0;
      });
    }
    // The sample has two that nobody could edit.
    expect(kept).toBeLessThanOrEqual(Math.max(2, all / 1000));
  });

  it('change where a word was written, and nowhere else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.nat(), ({ source }, nth) => {
        const { doc, toStorage } = openStorage(source);
        const { changed, block } = withWord(doc, nth, 'Zzword');
        changed.check();
        const saved = toStorage(changed);
        expect(canonicalStorage(saved).replace('Zzword', '')).toBe(canonicalStorage(source));
        const [before, after] = [sourcesOf(source), sourcesOf(saved)];
        expect(after.toSpliced(block, 1)).toEqual(before.toSpliced(block, 1));
      }),
      { numRuns: 300, interruptAfterTimeLimit: 20_000 },
    );
  });
});

describe(`${pages.length} page(s) whose elements were moved about`, () => {
  it('come back exactly, and their documents are valid', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pages), anyChanges, ({ source }, changes) => {
        const body = changedBody(source, changes);
        const { doc, toStorage } = openStorage(body);
        doc.check();
        expect(toStorage(doc)).toBe(body);
      }),
      { numRuns: 1_000, interruptAfterTimeLimit: 10_000 },
    );
  });
});

describe('any body', () => {
  it('comes back as it was, and its document is valid', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const { doc, toStorage } = openStorage(body);
        doc.check();
        expect(toStorage(doc)).toBe(body);
      }),
      { numRuns: 3_000 },
    );
  });

  it('means the same when every block of it is written anew', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const { doc } = openStorage(body);
        expect(canonicalStorage(openStorage('').toStorage(doc))).toBe(canonicalStorage(body));
      }),
      { numRuns: 3_000 },
    );
  });
});
