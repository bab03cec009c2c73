import { describe, expect, it } from '@jest/globals';
import { MemoryWiki } from '../testing/memory-wiki.js';

const call = (name: string, parameters: Record<string, string> = {}): string => {
  const elements = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}">${elements.join('')}</ac:structured-macro>`;
};
const excerpt =
  '<ac:structured-macro ac:name="excerpt"><ac:rich-text-body><p>In <b>short</b></p></ac:rich-text-body></ac:structured-macro>';
const wiki = new MemoryWiki([
  { id: '1', title: 'My Page' },
  { id: '2', title: 'A & B', parentId: '1', storage: excerpt },
  { id: '3', title: 'C', parentId: '1' },
  { id: '4', title: 'D', parentId: '2' },
]);

/** The tree as text, each level between brackets. */
const treeOf = (html: string): string =>
  html
    .replace(/<ul[^>]*>/g, ' [')
    .replaceAll('</ul>', ']')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]*>/g, '')
    .trim();

describe('children', () => {
  it('lists the pages below this one', async () => {
    expect(await wiki.html(call('children'))).toBe(
      '<ul class="childpages-macro conf-macro output-block" data-hasbody="false" data-macro-name="children">' +
        '<li><a href="/page/2" data-linked-resource-id="2">A &amp; B</a></li><li><a href="/page/3" data-linked-resource-id="3">C</a></li></ul>',
    );
  });

  it.each([
    [{ all: 'true' }, '[A &amp; B [D ] C ]'],
    [{ depth: '2', reverse: 'true' }, '[C A &amp; B [D ] ]'],
    [{ first: '1' }, '[A &amp; B ]'],
    [{ page: '<ac:link><ri:page ri:content-title="A &amp; B" /></ac:link>' }, '[D ]'],
    [{ page: 'DOC:A &amp; B' }, '[D ]'],
    [{ page: '/' }, '[My Page ]'],
    [{ excerptType: 'simple' }, '[A &amp; B In short C ]'],
    [{ page: 'C' }, ''],
  ])('with %j lists %s', async (parameters, tree) => {
    expect(treeOf(await wiki.html(call('children', parameters as Record<string, string>)))).toBe(tree);
  });

  it('makes headings and rich excerpts', async () => {
    const html = await wiki.html(call('children', { style: 'h3', excerptType: 'rich content' }));
    expect(html).toContain(
      '<h3><a href="/page/2" data-linked-resource-id="2">A &amp; B</a></h3><div><p>In <b>short</b></p></div><h3>',
    );
  });

  it("says that the parent isn't there", async () => {
    expect(await wiki.html(call('children', { page: 'No' }))).toContain('The parent page could not be found.');
  });
});

describe('pagetree', () => {
  it("shows the tree below the space's home page", async () => {
    const html = await wiki.html(call('pagetree', { startDepth: '2' }));
    expect(treeOf(html)).toBe('[A &amp; B [D ] C ]');
    expect(html).toMatch(/^<div class="plugin_pagetree conf-macro output-block" data-root-id="1" /);
    expect(html).toContain(
      '<span class="plugin_pagetree_children_span" id="childrenspan2-tree-1-1"><a href="/page/2">A &amp; B</a></span>',
    );
  });

  it.each([
    [{ root: '@self' }, '[A &amp; B C ]'],
    [{ root: '@parent' }, '[My Page ]'],
    [{ root: '@none' }, '[My Page ]'],
    [{ root: '<ac:link><ri:page ri:content-title="A &amp; B" /></ac:link>' }, '[D ]'],
  ])('with %j shows %s', async (parameters, tree) => {
    expect(treeOf(await wiki.html(call('pagetree', parameters as Record<string, string>)))).toBe(tree);
  });
});
