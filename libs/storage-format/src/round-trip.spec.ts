import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { element, macro, storage } from './builder.js';
import { canonicalStorage } from './canonical.js';
import type { StorageDocument, StorageNode } from './document.js';
import { StorageFormatError } from './errors.js';
import { parseStorage } from './parse.js';
import { serialiseStorage } from './serialise.js';

/** Tests with random input end after this, whatever they found. */
const FUZZ_MILLIS_MAX = 2_000;

const characters = fc.string({ unit: fc.constantFrom(...'ab é日\u00a0<>&"\']\n\r\t👍'.split(/(?:)/u)), minLength: 1 });
const name = fc.constantFrom('p', 'strong', 'table', 'ac:link', 'ri:page', 'ac:parameter', 'x:unknown', 'at:var');
const attributes = fc.dictionary(fc.constantFrom('ac:name', 'ri:content-title', 'style', 'z'), characters);

const nodes = fc.letrec<{ node: StorageNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    characters.map((value): StorageNode => ({ type: 'text', value })),
    characters.map((value): StorageNode => ({ type: 'cdata', value: value.replaceAll('\r', '') })),
    fc.string({ unit: fc.constantFrom('a', '<', '&', ' ') }).map((value): StorageNode => ({ type: 'comment', value })),
    fc
      .tuple(name, attributes, fc.array(tie('node'), { maxLength: 4 }))
      .map(([elementName, values, children]) => element(elementName, values, ...children)),
  ),
}));

const withoutTextBesideText = (children: readonly StorageNode[]): StorageNode[] =>
  children
    .filter((child, index) => child.type !== 'text' || children[index - 1]?.type !== 'text')
    .map((child) => (child.type === 'element' ? { ...child, children: withoutTextBesideText(child.children) } : child));

const documents = fc
  .array(nodes.node, { maxLength: 6 })
  .map((children): StorageDocument => ({ type: 'document', children: withoutTextBesideText(children) }));

/** Nodes with neighbouring characters put together, as CDATA sections may be split. */
const valuesOf = (children: readonly StorageNode[]): unknown[] => {
  const values: unknown[] = [];
  for (const child of children) {
    const last = values.at(-1);
    const isCharacters = child.type === 'text' || child.type === 'cdata';
    if (isCharacters && typeof last === 'string') values[values.length - 1] = last + child.value;
    else if (isCharacters) values.push(child.value);
    else values.push(child.type === 'element' ? { ...child, children: valuesOf(child.children) } : child);
  }
  return values;
};

const SAMPLE = serialiseStorage(
  storage(
    element('h1', {}, 'Title & more'),
    element('ac:link', { 'ac:anchor': 'x' }, element('ri:page', { 'ri:content-title': '"Home"' })),
    macro('code', { language: 'py' }, { plain: 'a = b[c[0]]>1' }),
    macro('info', { title: 'T' }, { rich: [element('p', {}, 'text\u00a0', element('br'))] }),
  ),
);

describe('parse and serialise', () => {
  it("are each other's inverse on any document", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = serialiseStorage(document);
        const parsed = parseStorage(text);
        expect(serialiseStorage(parsed)).toBe(text);
        expect(canonicalStorage(serialiseStorage(parsed))).toBe(canonicalStorage(text));
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX },
    );
  });

  it('leave out what XML can not hold, wherever it comes from', () => {
    const bad = 'a\u001b[1mb\u0000\uffff\tc';
    const document = storage(element('p', { title: bad }, bad), macro('code', {}, { plain: bad }));
    const good = 'a[1mb\tc';
    const cleaned = storage(element('p', { title: good }, good), macro('code', {}, { plain: good }));
    expect(valuesOf(parseStorage(serialiseStorage(document)).children)).toEqual(valuesOf(cleaned.children));
  });

  it('keep the values of a document', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(valuesOf(parseStorage(serialiseStorage(document)).children)).toEqual(valuesOf(document.children));
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX },
    );
  });

  it('give back whatever the parser accepts, and refuse the rest with a place', () => {
    const mutation = fc.tuple(fc.nat(SAMPLE.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 4 }));
    const tokens = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '&',
        ';',
        '<p>',
        '</p>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        'a',
        ' ',
        '"',
        '=',
        '<?',
        '?>',
        '&amp;',
      ),
    );
    const check = (source: string): void => {
      try {
        expect(serialiseStorage(parseStorage(source))).toBe(source);
      } catch (error) {
        expect(error).toBeInstanceOf(StorageFormatError);
        expect((error as StorageFormatError).line).toBeGreaterThan(0);
        expect((error as StorageFormatError).column).toBeGreaterThan(0);
      }
    };
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), tokens, (mutations, soup) => {
        check(mutations.reduce((text, [at, cut, extra]) => text.slice(0, at) + extra + text.slice(at + cut), SAMPLE));
        check(soup.join(''));
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX, numRuns: 10_000 },
    );
  });
});

describe('canonicalStorage', () => {
  it.each([
    ['<a b="1" c="2"/>', "<a c='2' b='1'></a>"],
    ['<p>&eacute;&nbsp;&#x41;</p>', '<p>é\u00a0A</p>'],
    ['<x><![CDATA[a]]]]><![CDATA[>b]]></x>', '<x>a]]&gt;b</x>'],
    ['<p>a\r\nb</p>', '<p>a\nb</p>'],
  ])('finds %j and %j equal', (left, right) => {
    expect(canonicalStorage(left)).toBe(canonicalStorage(right));
  });

  it.each([
    ['<p>a </p>', '<p>a</p>'],
    ['<p><b/><i/></p>', '<p><i/><b/></p>'],
    ['<p><!--a--></p>', '<p></p>'],
  ])('finds %j and %j different', (left, right) => {
    expect(canonicalStorage(left)).not.toBe(canonicalStorage(right));
  });
});
