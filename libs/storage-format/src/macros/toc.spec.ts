import { describe, expect, it } from '@jest/globals';
import { MemoryWiki } from '../testing/memory-wiki.js';

const toc = (parameters: Record<string, string> = {}): string => {
  const elements = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="toc">${elements.join('')}</ac:structured-macro>`;
};
const HEADINGS = '<h1>A</h1><h3>B</h3><h2>C</h2><h1>D &amp; E</h1>';

/** The list as text: what a table of contents shows, each level between brackets. */
async function listed(
  parameters: Record<string, string>,
  wiki = new MemoryWiki(),
  headings = HEADINGS,
): Promise<string> {
  const html = await wiki.html(toc(parameters) + headings);
  const macro = /^<div class="toc-macro[^>]*>(.*?)<\/div>/s.exec(html)?.[1] ?? '';
  return macro
    .replace(/<ul[^>]*>/g, ' [')
    .replaceAll('</ul>', ']')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]*>/g, '')
    .trim();
}

describe('toc', () => {
  it('links the headings below it, as a tree', async () => {
    const root = '<div class="toc-macro conf-macro output-block" data-hasbody="false" data-macro-name="toc">';
    expect((await new MemoryWiki().html(toc() + HEADINGS)).replace(/<h1.*/, '')).toBe(
      `${root}<ul class="toc-indentation"><li><a href="#MyPage-A">A</a><ul class="toc-indentation"><li><a href="#MyPage-B">B</a></li>` +
        '<li><a href="#MyPage-C">C</a></li></ul></li><li><a href="#MyPage-D&amp;E">D &amp; E</a></li></ul></div>',
    );
  });

  it.each([
    [{}, '[A [B C ] D &amp; E ]'],
    [{ maxLevel: '2' }, '[A [C ] D &amp; E ]'],
    [{ minLevel: '2' }, '[B C ]'],
    [{ outline: 'true' }, '[1 A [1.1 B 1.2 C ] 2 D &amp; E ]'],
    [{ include: '[AB]' }, '[A [B ] ]'],
    [{ exclude: '.*&amp;.*|B' }, '[A [C ] ]'],
    [{ type: 'flat' }, '[ A ] [ B ] [ C ] [ D &amp; E ]'],
    [{ type: 'flat', separator: 'pipe', maxLevel: '1' }, 'A | D &amp; E'],
    [{ type: 'flat', separator: '&lt;' }, 'A &lt; B &lt; C &lt; D &amp; E'],
    [{ minLevel: '5' }, ''],
  ])('with %j shows %s', async (parameters, text) => {
    expect(await listed(parameters as Record<string, string>)).toBe(text);
  });

  it('sees headings in panels and in included pages', async () => {
    const wiki = new MemoryWiki([{ id: '2', title: 'Part', storage: '<h2>In part</h2>' }]);
    const macro = (name: string, body: string): string =>
      `<ac:structured-macro ac:name="${name}">${body}</ac:structured-macro>`;
    const headings =
      macro('panel', '<ac:rich-text-body><h1>In panel</h1></ac:rich-text-body>') +
      macro('include', '<ac:parameter ac:name="">Part</ac:parameter>');
    expect(await listed({}, wiki, headings)).toBe('[In panel [In part ] ]');
  });

  it('refuses a filter that is no expression, and is as fast with one that backtracks elsewhere', async () => {
    expect(await new MemoryWiki().html(toc({ include: '(((' }))).toContain('The expression "(((" is not valid.');
    const start = performance.now();
    expect(await listed({ include: '(a+)+$' }, new MemoryWiki(), `<h1>${'a'.repeat(5_000)}b</h1>`)).toBe('');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('ends with an error in place when there is too much of it', async () => {
    const html = await new MemoryWiki().html(`${toc().repeat(200)}${'<h1>a heading</h1>'.repeat(2_000)}<p>after</p>`);
    expect(html).toContain('<span class="error">Unable to render {toc}</span> The page has become too large.');
    expect(html).toMatch(/<p>after<\/p>$/);
    expect(html.length).toBeLessThan(10 * 1024 * 1024);
  });

  it("is left out of exports when it isn't printable", async () => {
    const exporting = Object.assign(new MemoryWiki(), { outputType: 'export_view' });
    expect(await exporting.html(toc({ printable: 'false' }))).toBe('');
    expect(await new MemoryWiki().html(toc({ printable: 'false' }))).toContain('hidden-print');
  });
});
