import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryWiki } from '../testing/memory-wiki.js';
import { StorageFormatError } from '../errors.js';
import { parseStorage } from '../parse.js';
import { renderView } from './render-view.js';

/** Tests with random input end after this, whatever they found. */
const FUZZ_MILLIS_MAX = 3_000;

const pageLink = (title: string): string => `<ac:link><ri:page ri:content-title="${title}" /></ac:link>`;
const macro = (name: string, parameters = '', body = ''): string =>
  `<ac:structured-macro ac:name="${name}">${parameters}${body}</ac:structured-macro>`;

describe('renderView', () => {
  it('asks for each kind once, however much there is', async () => {
    const wiki = new MemoryWiki();
    const links = ['A', 'B', 'A', 'C'].map(pageLink).join('');
    await wiki.html(`${links}<p>${links}</p><ac:image><ri:attachment ri:filename="a.png" /></ac:image>`);
    expect(wiki.questions).toEqual([
      ['resolvePages', ...['A', 'B', 'C'].map((title) => ({ type: 'page', title, spaceKey: 'DOC' }))],
      ['resolveAttachments', { filename: 'a.png', page: { contentId: '1' } }],
    ]);
  });

  it('says what the page depends on, found or not, sorted and each once', async () => {
    const wiki = new MemoryWiki([{ id: '2', title: 'B' }]);
    const body =
      pageLink('B') + pageLink('A') + pageLink('B') + macro('include', '<ac:parameter ac:name="">B</ac:parameter>');
    const { dependsOn, isCacheable, failures } = await wiki.render(body);
    expect({ dependsOn, isCacheable, failures }).toEqual({
      dependsOn: ['content:2', 'missing:A'],
      isCacheable: true,
      failures: [],
    });
  });

  it("renders what it can when the wiki fails, tells so, and doesn't let it be kept", async () => {
    const failing = new MemoryWiki();
    const away = new Error('away');
    failing.resolvePages = () => Promise.reject(away);
    failing.loadBody = () => Promise.reject(away);
    const result = await failing.render(
      `<p>a ${pageLink('A')}</p>${macro('include', '<ac:parameter ac:name="">A</ac:parameter>')}<p>b</p>`,
    );
    expect(result).toEqual({
      html:
        '<p>a <span class="unresolved">A</span></p><div class="error"><span class="error">Unable to render {include}</span> ' +
        'This content is not available at the moment.</div><p>b</p>',
      dependsOn: [],
      isCacheable: false,
      failures: [
        { place: 'context', error: away },
        { place: 'context', error: away },
      ],
    });
  });

  it('waits so long for the wiki, and then renders the rest', async () => {
    const silent = new MemoryWiki();
    silent.loadBody = () => new Promise(() => undefined);
    const body = macro('include', '<ac:parameter ac:name="">A</ac:parameter>') + macro('status');
    const { html, isCacheable } = await silent.render(body, { askingMillisMax: 20 });
    expect(html).toContain('This content is not available at the moment.</div><span class="status-macro');
    expect(isCacheable).toBe(false);
  });

  it('stops rendering macros when its time is over', async () => {
    const { html, isCacheable } = await new MemoryWiki().render(`<p>a</p>${macro('status')}`, {
      renderingMillisMax: 0,
    });
    expect(html).toContain(
      '<p>a</p><div class="error"><span class="error">Unable to render {status}</span> Rendering took too long.',
    );
    expect(isCacheable).toBe(false);
  });

  it.each([
    ['en', 'Unable to render {include}</span> The included page could not be found.', 'Unknown macro: nobody'],
    ['ja', '{include} をレンダリングできません。</span>ページが見つかりませんでした。', '不明なマクロ: nobody'],
  ] as const)('shows failing and unknown macros in place (%s)', async (locale, error, unknown) => {
    const wiki = new MemoryWiki([], null, locale);
    const body = macro(
      'nobody',
      '<ac:parameter ac:name="x">hidden</ac:parameter>',
      '<ac:rich-text-body><p>body</p></ac:rich-text-body>',
    );
    expect(await wiki.html(`${macro('include', '<ac:parameter ac:name="">A</ac:parameter>')}${body}`)).toBe(
      `<div class="error"><span class="error">${error}</div>` +
        `<div class="unknown-macro" data-macro-name="nobody"><span class="unknown-macro-name">${unknown}</span><p>body</p></div>`,
    );
  });

  it('renders macros of the old form', async () => {
    const old = '<ac:macro ac:name="anchor"><ac:default-parameter>x</ac:default-parameter></ac:macro>';
    const attribute = '<ac:macro ac:name="anchor" ac:default-parameter="x" />';
    const wiki = new MemoryWiki();
    expect(await wiki.html(attribute)).toContain('id="MyPage-x"');
    expect(await wiki.html(old)).toContain('id="MyPage-x"');
  });

  it('survives whatever can be parsed', async () => {
    const wiki = new MemoryWiki([{ id: '1', title: 'A', storage: `<h1>A</h1>${macro('toc')}` }]);
    const names = [
      'toc',
      'code',
      'include',
      'excerpt-include',
      'children',
      'pagetree',
      'panel',
      'status',
      'expand',
      'section',
      'zzz',
    ];
    const pieces =
      '</ac:structured-macro>|</ac:parameter>|<ac:rich-text-body>|</ac:rich-text-body>|<ac:link>|</ac:link>|' +
      '<ri:page ri:content-title="A" />|<ri:user />|<ri:attachment />|<ri:space />|<ac:image>|</ac:image>|' +
      'A|@parent|1|(((|<h1>|</h1>|<time />|<ac:task-list>|</ac:task-list>|<ac:task />|<at:var />|' +
      '<ac:layout-section>|</ac:layout-section>|<table>|</table>|<ac:emoticon />|<ri:url />|<ri:content-entity />';
    const parameters = ['page', '', 'depth', 'style', 'include', 'root', 'width'];
    const piece = fc.constantFrom(
      ...pieces.split('|'),
      ...names.map((name) => `<ac:structured-macro ac:name="${name}">`),
      ...parameters.map((name) => `<ac:parameter ac:name="${name}">`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (chosen) => {
        const source = balanced(chosen);
        const { failures } = await renderView(parseStorage(source), wiki);
        expect(failures).toEqual([]);
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX, numRuns: 5_000 },
    );
  });

  it("does nothing to a body that can't be parsed", () => {
    expect(() => parseStorage('<p>')).toThrow(StorageFormatError);
  });
});

/** Closes what is open and drops what closes nothing, so that random pieces make a body. */
function balanced(pieces: readonly string[]): string {
  const open: string[] = [];
  let text = '';
  for (const piece of pieces) {
    const closing = /^<\/([\w:-]+)>$/.exec(piece)?.[1];
    const opening = /^<([\w:-]+)(?:[^>]*[^/])?>$/.exec(piece)?.[1];
    if (closing !== undefined && open.at(-1) !== closing) continue;
    if (closing !== undefined) open.pop();
    if (opening !== undefined) open.push(opening);
    text += piece;
  }
  return (
    text +
    open
      .toReversed()
      .map((name) => `</${name}>`)
      .join('')
  );
}
