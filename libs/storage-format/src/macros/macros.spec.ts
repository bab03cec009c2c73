import { describe, expect, it } from '@jest/globals';
import { MemoryWiki } from '../testing/memory-wiki.js';

const wiki = new MemoryWiki();

const macro = (name: string, parameters: Record<string, string> = {}, body = ''): string => {
  const elements = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}" ac:macro-id="m">${elements.join('')}${body}</ac:structured-macro>`;
};
const plain = (text: string): string => `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`;
const rich = (text: string): string => `<ac:rich-text-body>${text}</ac:rich-text-body>`;
const marks = (name: string, hasBody: boolean): string =>
  `data-hasbody="${hasBody}" data-macro-id="m" data-macro-name="${name}"`;

describe('macro', () => {
  it('code', async () => {
    const pre = (settings: string): string =>
      `<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="${settings}; theme: Confluence" data-theme="Confluence">a &lt; b</pre>`;
    const root = `<div class="code panel pdl conf-macro output-block" style="border-width:1px" ${marks('code', true)}>`;
    expect(await wiki.html(macro('code', {}, plain('a < b')))).toBe(
      `${root}<div class="codeContent panelContent pdl">${pre('brush: java; gutter: false')}</div></div>`,
    );
    const parameters = {
      language: 'C++',
      title: 'T &amp; U',
      linenumbers: 'true',
      firstline: '7',
      collapse: 'true',
      theme: 'none',
    };
    expect(await wiki.html(macro('code', parameters, plain('a < b')))).toBe(
      `${root}<div class="codeHeader panelHeader pdl hide-border-bottom"><b>T &amp; U</b></div>` +
        `<div class="codeContent panelContent pdl hide-toolbar">${pre('brush: c++; gutter: true; first-line: 7; collapse: true')}</div></div>`,
    );
  });

  it('noformat', async () => {
    expect(await wiki.html(macro('noformat', {}, plain(' a\n<b>')))).toBe(
      `<div class="preformatted panel conf-macro output-block" style="border-width:1px" ${marks('noformat', true)}>` +
        '<div class="preformattedContent panelContent"><pre> a\n&lt;b&gt;</pre></div></div>',
    );
    expect(await wiki.html(macro('noformat', { nopanel: 'true' }, plain('a')))).toBe(
      `<div class="preformatted conf-macro output-block" ${marks('noformat', true)}><pre>a</pre></div>`,
    );
  });

  it.each([
    ['info', 'information', 'info'],
    ['note', 'note', 'warning'],
    ['warning', 'warning', 'error'],
    ['tip', 'tip', 'approve'],
  ])('%s', async (name, kind, icon) => {
    expect(await wiki.html(macro(name, { title: 'T' }, rich('<p>b</p>')))).toBe(
      `<div class="confluence-information-macro confluence-information-macro-${kind} conf-macro output-block" ${marks(name, true)}>` +
        `<p class="title">T</p><span class="aui-icon aui-icon-small aui-iconfont-${icon} confluence-information-macro-icon"></span>` +
        '<div class="confluence-information-macro-body"><p>b</p></div></div>',
    );
    expect(await wiki.html(macro(name, { icon: 'false' }, rich('b')))).toBe(
      `<div class="confluence-information-macro has-no-icon confluence-information-macro-${kind} conf-macro output-block" ` +
        `${marks(name, true)}><div class="confluence-information-macro-body">b</div></div>`,
    );
  });

  it('panel', async () => {
    const parameters = {
      title: 'T',
      borderStyle: 'dashed',
      borderColor: '#ccc',
      borderWidth: '2',
      bgColor: '#FFFFCE',
      titleBGColor: 'red',
      titleColor: 'blue',
    };
    expect(await wiki.html(macro('panel', parameters, rich('<p>b</p>')))).toBe(
      '<div class="panel conf-macro output-block" style="background-color:#FFFFCE;border-color:#ccc;border-style:dashed;border-width:2px" ' +
        `${marks('panel', true)}><div class="panelHeader" style="border-bottom-width:2px;border-bottom-style:dashed;` +
        'border-bottom-color:#ccc;background-color:red;color:blue"><b>T</b></div>' +
        '<div class="panelContent" style="background-color:#FFFFCE"><p>b</p></div></div>',
    );
  });

  it('expand', async () => {
    expect(await wiki.html(macro('expand', {}, rich('b')) + macro('expand', { title: 'T' }, rich('c')))).toMatch(
      /^<div class="expand-container conf-macro output-block" id="expander-1-1".*Click here to expand\.\.\..*id="expander-content-1-1" class="expand-content expand-hidden">b<.*id="expander-1-2".*>T<.*>c</,
    );
  });

  it('anchor', async () => {
    expect(await wiki.html(macro('anchor', { '': 'a b' }))).toBe(
      `<span class="confluence-anchor-link conf-macro output-inline" id="MyPage-ab" ${marks('anchor', false)}></span>`,
    );
    expect(await wiki.html(macro('anchor'))).toContain('The parameter "name" is required.');
  });

  it.each([
    ['Grey', ''],
    ['Red', ' aui-lozenge-error'],
    ['Yellow', ' aui-lozenge-current'],
    ['green', ' aui-lozenge-success'],
    ['Blue', ' aui-lozenge-complete'],
    ['Purple', ' aui-lozenge-new'],
    ['no colour', ''],
  ])('status %s', async (colour, className) => {
    expect(await wiki.html(macro('status', { title: 'DONE', colour, subtle: 'true' }))).toBe(
      `<span class="status-macro aui-lozenge${className} aui-lozenge-subtle conf-macro output-inline" ${marks('status', false)}>DONE</span>`,
    );
  });

  it('section and column', async () => {
    const column = macro('column', { width: '30%' }, rich('a')) + macro('column', { width: '100' }, rich('b'));
    const root = (width: string): string =>
      `<div class="columnMacro conf-macro output-block" style="width:${width};min-width:${width};max-width:${width}" ${marks('column', true)}>`;
    expect(await wiki.html(macro('section', { border: 'true' }, rich(column)))).toBe(
      `<div class="sectionColumnWrapper conf-macro output-block" ${marks('section', true)}>` +
        '<div class="sectionMacro sectionMacroWithBorder"><div class="sectionMacroRow">' +
        `${root('30%')}a</div>${root('100px')}b</div></div></div></div>`,
    );
  });

  it('excerpt', async () => {
    expect(await wiki.html(macro('excerpt', {}, rich('a')))).toBe(
      `<div class="conf-macro output-block" ${marks('excerpt', true)}>a</div>`,
    );
    expect(await wiki.html(macro('excerpt', { 'atlassian-macro-output-type': 'INLINE' }, rich('a')))).toBe(
      `<span class="conf-macro output-inline" ${marks('excerpt', true)}>a</span>`,
    );
    expect(await wiki.html(macro('excerpt', { hidden: 'true' }, rich('a')))).toBe('');
  });
});
