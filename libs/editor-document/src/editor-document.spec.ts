import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import fc from 'fast-check';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { openStorage } from './editor-document.js';
import { nodeType, schema } from './schema/schema.js';

/** As in storage-format's specs: a folder of real pages, one body a `.conf` file. */
const CORPUS_FOLDER = process.env['STORAGE_FORMAT_CORPUS'];

const macro = (name: string, inside: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="m1">${inside}</ac:structured-macro>`;
const rich = (inside: string): string => `<ac:rich-text-body>${inside}</ac:rich-text-body>`;

/** A body with all that the editor knows, and much that it doesn't. */
const SAMPLE = [
  '<h1 class="x">A <em><strong>b</strong> c</em><strong>d</strong><strong>e</strong></h1>\n',
  'bare text &eacute; &amp; <br/>more\n<!-- note -->',
  '<p>line\n  end <em>x<em>y</em></em> <code></code><span style="color: red;">r</span><span lang="de">s</span></p>',
  '<ul>\n<li>one<ul><li><p>two</p></li></ul></li>\n  <li/>\n</ul><ol start="3"><li>\n three \n</li></ol>',
  '<ac:task-list>\n<ac:task>\n<ac:task-id>7</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>complete</ac:task-status>' +
    '<ac:task-body><span>do</span> it <time datetime="2026-01-02" /></ac:task-body>\n</ac:task></ac:task-list>',
  '<table class="w"><colgroup><col /></colgroup><thead>\n<tr><th scope="col">h</th></tr></thead>' +
    '<tbody>\n<tr>\n<td colspan="2" rowspan="1" data-highlight-colour="#fff"><p>c</p></td>\n</tr>\n</tbody></table>',
  '<table><colgroup>\n<col style="width: 40.4px;" class="k" /><col style="width: 20%;" /><col /></colgroup><tbody>' +
    '<tr><th colspan="2">a</th><th rowspan="2" class="highlight-grey" data-highlight-colour="grey">b</th></tr><tr><td>c</td><td>d</td></tr></tbody></table>',
  macro(
    'code',
    '<ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[a\n <b> ]]]]><![CDATA[> ]]></ac:plain-text-body>',
  ),
  macro('info', `<ac:parameter ac:name="title">T</ac:parameter>${rich(`<p>x</p>\n${macro('expand', rich('y'))}`)}`),
  macro('toc', '') + macro('never-heard-of', rich('')),
  `<p>${macro('status', '<ac:parameter ac:name="title">OK</ac:parameter>')} <ac:emoticon ac:name="smile" /></p>`,
  '<p><ac:link ac:anchor="a"><ri:page ri:content-title="P" /><ac:plain-text-link-body><![CDATA[t & u]]></ac:plain-text-link-body></ac:link>' +
    '<ac:link><ri:user ri:userkey="k" /></ac:link><a href="/x?a=1&amp;b=2">z</a>' +
    '<ac:image ac:width="3"><ri:attachment ri:filename="f.png" /><ac:caption>c</ac:caption></ac:image></p>',
  '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p /></ac:layout-cell><ac:layout-cell/></ac:layout-section></ac:layout>',
  '<hr /><blockquote>q<p>r</p></blockquote><pre>a\n  b</pre><div class="d">e</div><dl><dt>t</dt><dd>d</dd></dl>',
  '<x:y z="1">kept</x:y><p><p>nested</p></p><?php x?><ul>odd</ul>\n',
].join('');

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

/** Bodies of elements inside each other that no person would write. */
const { body: anyBody } = fc.letrec<{ body: string; node: string }>((tie) => ({
  body: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      'b &nbsp;c',
      '<br />',
      '<hr/>',
      '<!--c-->',
      '<![CDATA[<]]>',
      '<ac:emoticon ac:name="x"/>',
    ),
    fc
      .tuple(
        fc.constantFrom(
          'p',
          'h2',
          'em',
          'strong',
          'code',
          'span',
          'a',
          'ul',
          'ol',
          'li',
          'blockquote',
          'div',
          'pre',
          'table',
          'tbody',
          'tr',
          'td',
          'colgroup',
          'col',
          'dl',
          'dt',
          'dd',
          'ac:task-list',
          'ac:task',
          'ac:task-body',
          'ac:task-id',
          'ac:link',
          'ac:link-body',
          'ac:layout',
          'ac:plain-text-link-body',
          'ac:structured-macro',
          'ac:rich-text-body',
          'ac:plain-text-body',
          'ac:parameter',
          'ac:inline-comment-marker',
          'x:y',
        ),
        fc.constantFrom(
          '',
          ' class="x"',
          ' ac:ref="r"',
          ' colspan="2"',
          ' style="color: red;"',
          ' style="width: 20px;"',
          ' rowspan="2"',
          ' ac:name="status"',
          ' ac:name="code"',
        ),
        tie('body'),
      )
      .map(([name, attributes, inside]) => `<${name}${attributes}>${inside}</${name}>`),
  ),
}));

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
