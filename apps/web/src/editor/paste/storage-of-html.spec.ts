import { describe, expect, it } from '@jest/globals';
import { parseStorage, serialiseStorage, type StorageNode } from '@tributary/storage-format';
import fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { HtmlNode } from './html-tree';
import { samples } from './samples';
import { sliceOfStorage } from './slice-of-storage';
import { PastedHtml } from './storage-of-html';
import { storageOfTable } from './tabular-text';
import { storageOfMarkdown } from './written-text';

/** As a browser parses it. */
const treeOfHtml = (html: string): readonly HtmlNode[] => (parse(html).childNodes as Child[]).flatMap(nodeOf);
type Child = DefaultTreeAdapterTypes.ChildNode;
function nodeOf(node: Child): HtmlNode[] {
  if (node.nodeName === '#text') return [(node as DefaultTreeAdapterTypes.TextNode).value];
  if (!('tagName' in node)) return [];
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  return [{ name: node.tagName, attributes, children: node.childNodes.flatMap(nodeOf) }];
}

const written = (blocks: readonly StorageNode[]): string =>
  serialiseStorage({ type: 'document', children: blocks }).replaceAll(' ac:schema-version="1"', '');
const pasted = (html: string): string => written(PastedHtml.blocksOf(treeOfHtml(html)));

const code = (language: string, body: string): string =>
  `<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">${language}</ac:parameter><ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body></ac:structured-macro>`;
const rich = (name: string, title: string, body: string): string =>
  `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;
const task = (status: string, words: string): string =>
  `<ac:task><ac:task-status>${status}</ac:task-status><ac:task-body><p>${words}</p></ac:task-body></ac:task>`;
const table = (...rows: string[]): string =>
  `<table><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`;

describe('what is pasted from', () => {
  it.each<[keyof typeof samples, string]>([
    [
      'word',
      '<h1>Quarterly plan</h1><p><strong>Bold</strong> and <em>italic</em>, see <a href="https://example.org/a">the site</a>.</p>' +
        '<ul><li><p>First</p><ul><li><p>Below</p></li></ul></li><li><p>Second</p></li></ul><ol><li><p>Step</p></li></ol>' +
        table('<td><p><strong>Name</strong></p></td><td colspan="2"><p>Value</p></td>') +
        '<p><ac:image ac:width="10"><ri:url ri:value="file:///C:/Users/x/clip_image001.png" /></ac:image></p>',
    ],
    ['wordOnline', '<p>Intro</p><ul><li><p>One</p><ul><li><p>Two</p></li></ul></li></ul>'],
    [
      'googleDocs',
      '<h2>Agenda</h2><p>Plain <strong>bold</strong><em> slanted</em><code> code</code></p>' +
        `<ul><li><p>One</p><ul><li><p>Deeper</p></li></ul></li></ul><ac:task-list>${task('complete', 'Done')}</ac:task-list>`,
    ],
    [
      'sheets',
      table(
        '<td><p><strong>Host</strong></p></td><td><p><strong>Load</strong></p></td>',
        '<td><p>db1<br />db2</p></td><td><p>0.7</p></td>',
      ),
    ],
    ['excel', table('<td><p>Item</p></td><td><p>Price</p></td>', '<td><p>Tea</p></td><td><p>2.50</p></td>')],
    [
      'github',
      `<h2>Usage</h2><p>Run <code>npm start</code> or <code>F5</code>:</p>${code('shell', '# start\nnpm start')}` +
        `<ac:task-list>${task('complete', 'ship')}</ac:task-list>${rich('expand', 'More', '<p>inside</p>')}`,
    ],
    ['mail', '<p>Dear all,</p><p>it works.<br />See you</p><p>Jane</p><blockquote><p>before</p></blockquote>'],
    ['evil', '<p>ab</p><p>one</p>'],
    [
      'confluence',
      rich(
        'note',
        'Mind',
        '<p>the gap <ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">OK</ac:parameter></ac:structured-macro></p>',
      ) +
        code('java', 'int a;\nint b;') +
        table('<th><p>H</p></th><td><p>1</p></td>') +
        `<ac:task-list>${task('complete', 'did')}</ac:task-list>`,
    ],
  ])('%s becomes clean blocks', (name, expected) => {
    expect(pasted(samples[name])).toBe(expected);
    // The editor knows every block of it.
    const kept: string[] = [];
    sliceOfStorage(PastedHtml.blocksOf(treeOfHtml(samples[name]))).content.descendants(
      (node) => void (node.type.name.startsWith('unknown') && kept.push(node.toString())),
    );
    expect(kept).toEqual([]);
  });

  it('Markdown becomes blocks', () => {
    expect(written(storageOfMarkdown(samples.markdown, treeOfHtml))).toBe(
      `<h1>Deploy</h1><p>Run <strong>this</strong> and <code>that</code>, see <a href="https://example.org">docs</a>.</p>${code('sh', 'npm start')}` +
        table('<th><p>Host</p></th><th><p>Load</p></th>', '<td><p>db1</p></td><td><p>0.7</p></td>') +
        `<ac:task-list>${task('complete', 'done')}${task('incomplete', 'open')}</ac:task-list>` +
        '<ol><li><p>one</p><ul><li><p>deep</p></li></ul></li></ol><blockquote><p>said</p></blockquote>',
    );
  });

  it('a spreadsheet as text becomes a table', () => {
    expect(written(storageOfTable('a\tb\r\n"x\ny ""z"""\t\r\n'))).toBe(
      table('<td><p>a</p></td><td><p>b</p></td>', '<td><p>x</p><p>y "z"</p></td><td />'),
    );
  });

  it('anything is well-formed and has a place in the editor', () => {
    const tags = [
      'p',
      'ul',
      'li',
      'table',
      'td',
      'b',
      'pre',
      'h2',
      'div',
      'br',
      'dl',
      'dt',
      'blockquote',
      'hr',
      'span',
    ];
    const part = fc.oneof(
      fc.constantFrom(
        ...tags.flatMap((tag) => [`<${tag}>`, `</${tag}>`]),
        '<p style="mso-list:l0 level2 lfo1">',
        'a & b ',
        '&#27;[1m',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const blocks = PastedHtml.blocksOf(treeOfHtml(parts.join('')));
        parseStorage(written(blocks));
        sliceOfStorage(blocks).content.forEach((node) => node.check());
      }),
      { numRuns: 300 },
    );
  });
});
