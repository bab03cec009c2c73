import { describe, expect, it } from '@jest/globals';
import { MemoryWiki, type MemoryPage } from '../testing/memory-wiki.js';

const call = (name: string, title: string, more = ''): string =>
  `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="${title}" /></ac:link></ac:parameter>${more}</ac:structured-macro>`;
const include = (title: string): string => call('include', title);
const excerpt = (body: string, name = ''): string =>
  `<ac:structured-macro ac:name="excerpt"><ac:parameter ac:name="name">${name}</ac:parameter><ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;
const wikiOf = (...pages: MemoryPage[]): MemoryWiki => new MemoryWiki(pages);

/** HTML without the macros' own elements. */
const contentOf = (html: string): string =>
  html.replace(/<div class="conf-macro[^>]*>/g, '<').replaceAll('</div>', '>');

describe('include', () => {
  it('shows the other page, with links and files relative to it', async () => {
    const wiki = wikiOf({
      id: '2',
      title: 'Part',
      spaceKey: 'DOC',
      storage: `<h1>H</h1><ac:link><ri:page ri:content-title="Z" /></ac:link>`,
    });
    expect(await wiki.html(include('Part'))).toBe(
      '<div class="conf-macro output-block" data-hasbody="false" data-macro-name="include"><h1 id="Part-H">H</h1>' +
        '<span class="unresolved">Z</span></div>',
    );
    expect(wiki.questions).toEqual([
      ['loadBody', { type: 'page', title: 'Part', spaceKey: 'DOC' }],
      ['resolvePages', { type: 'page', title: 'Z', spaceKey: 'DOC' }],
    ]);
  });

  it('ends a circle with an error in place', async () => {
    const wiki = wikiOf(
      { id: '1', title: 'My Page', storage: `one ${include('B')}` },
      { id: '2', title: 'B', storage: `two ${include('My Page')} end` },
    );
    const error =
      '<div class="error"><span class="error">Unable to render {include}</span> The page is already being included.</div>';
    expect(contentOf(await wiki.html(`${include('B')} after`))).toBe(contentOf(`<two ${error} end> after`));
  });

  it('ends with an error when pages are included too deep', async () => {
    const pages = Array.from({ length: 40 }, (_, index) => ({
      id: String(index + 10),
      title: `P${index}`,
      storage: `${index} ${include(`P${index + 1}`)}`,
    }));
    const { html, isCacheable } = await wikiOf(...pages).render(include('P0'));
    expect(html).toContain('Pages are included in each other more than 16 deep.');
    expect(html).toContain('>15 ');
    expect(html).not.toContain('>16 ');
    expect(isCacheable).toBe(true);
  });

  it('ends with an error when many pages are included many times', async () => {
    const many = `${include('P1').repeat(60)}<p>after</p>`;
    const pages = [1, 2, 3, 4, 5].map((n) => ({
      id: `${n}0`,
      title: `P${n}`,
      storage: include(`P${n + 1}`).repeat(60),
    }));
    const wiki = wikiOf(...pages, { id: '60', title: 'P6', storage: '<p>x</p>' });
    // By its size, not by its time, which a busy machine would reach first.
    const { html } = await wiki.render(many, { renderingMillisMax: 60_000 });
    expect(html).toMatch(/The page has become too large\.<\/div><p>after<\/p>$/);
  }, 60_000);

  it("says which page isn't storage format", async () => {
    expect(await wikiOf({ id: '2', title: 'B', storage: '<p>' }).html(include('B'))).toContain('could not be read');
  });
});

describe('excerpt-include', () => {
  const wiki = wikiOf({ id: '2', title: 'B', storage: `<p>${excerpt('first')}</p>${excerpt('<b>second</b>', 'two')}` });

  it('shows the first excerpt in a panel', async () => {
    expect(await wiki.html(call('excerpt-include', 'B'))).toBe(
      '<div class="panel conf-macro output-block" style="border-width:1px" data-hasbody="false" data-macro-name="excerpt-include">' +
        '<div class="panelHeader" style="border-bottom-width:1px"><b>B</b></div><div class="panelContent">first</div></div>',
    );
  });

  it('shows one by name, without a panel', async () => {
    const more = '<ac:parameter ac:name="name">two</ac:parameter><ac:parameter ac:name="nopanel">true</ac:parameter>';
    expect(await wiki.html(call('excerpt-include', 'B', more))).toBe(
      '<div class="conf-macro output-block" data-hasbody="false" data-macro-name="excerpt-include"><b>second</b></div>',
    );
  });

  it('says what is missing', async () => {
    const more = '<ac:parameter ac:name="name">three</ac:parameter>';
    expect(await wiki.html(call('excerpt-include', 'B', more))).toContain('The page "B" has no excerpt.');
    expect(await wiki.html(call('excerpt-include', 'C'))).toContain('The included page could not be found.');
  });
});
