import { describe, expect, it } from '@jest/globals';
import { MemoryWiki } from '../../testing/memory-wiki.js';

const wiki = new MemoryWiki([{ id: '2', title: 'Home & more' }]);
const link = (target: string, body = '', attributes = ''): string => `<ac:link${attributes}>${target}${body}</ac:link>`;

describe('view HTML of', () => {
  it.each([
    ['text', 'a &lt; b &amp; &eacute;&nbsp;"', 'a &lt; b &amp; é\u00a0"'],
    ['plain elements', '<p class="x">a<br/><em>b</em></p><hr/>', '<p class="x">a<br /><em>b</em></p><hr />'],
    ['an empty element', '<p />', '<p></p>'],
    ['comments and instructions', 'a<!-- b --><?c d?>', 'a'],
    ['elements that nobody knows', '<x:y><foo>a</foo></x:y>', 'a'],
    ['headings', '<h1>One <b>&amp;</b> two</h1>', '<h1 id="MyPage-One&amp;two">One <b>&amp;</b> two</h1>'],
    ['headings of one text', '<h2>A</h2><h3>A</h3>', '<h2 id="MyPage-A">A</h2><h3 id="MyPage-A.1">A</h3>'],
    ['a heading without text', '<h2><br/></h2>', '<h2><br /></h2>'],
    [
      'a table',
      '<table class="wrapped" data-layout="wide"><colgroup><col style="width: 10.5px;"/></colgroup><tbody><tr><th scope="col">h</th>' +
        '<td class="highlight-red" data-highlight-colour="red" colspan="2" rowspan="3">d</td></tr></tbody></table>',
      '<div class="table-wrap"><table class="wrapped confluenceTable" data-layout="wide"><colgroup><col style="width:10.5px" />' +
        '</colgroup><tbody><tr><th scope="col" class="confluenceTh">h</th><td class="highlight-red confluenceTd" ' +
        'data-highlight-colour="red" colspan="2" rowspan="3">d</td></tr></tbody></table></div>',
    ],
    [
      'links of XHTML',
      '<a href="https://example.org/?a=1&amp;b">x</a> <a href="/display/DOC">y</a>',
      '<a href="https://example.org/?a=1&amp;b" class="external-link" rel="nofollow">x</a> <a href="/display/DOC">y</a>',
    ],
    [
      'a link to a page',
      link('<ri:page ri:content-title="Home &amp; more" />', '', ' ac:anchor="a b" ac:tooltip="tip"'),
      '<a href="/page/2#Home&amp;more-ab" title="tip" data-linked-resource-id="2" data-linked-resource-type="page">Home &amp; more</a>',
    ],
    [
      'a link by id with a rich body',
      link('<ri:content-entity ri:content-id="2" />', '<ac:link-body>a <b>b</b></ac:link-body>'),
      '<a href="/page/2" data-linked-resource-id="2" data-linked-resource-type="page">a <b>b</b></a>',
    ],
    [
      'a link to a page that is not there',
      link('<ri:page ri:content-title="No" />', '<ac:plain-text-link-body><![CDATA[<no>]]></ac:plain-text-link-body>'),
      '<span class="unresolved">&lt;no&gt;</span>',
    ],
    ['a link to an anchor', link('', '', ' ac:anchor="a b"'), '<a href="#MyPage-ab">a b</a>'],
    [
      'a mention',
      link('<ri:user ri:userkey="u1" />'),
      '<a class="confluence-userlink user-mention" data-username="joe" href="/display/~joe" data-linked-resource-id="u1" ' +
        'data-linked-resource-type="userinfo">Joe &lt;Doe&gt;</a>',
    ],
    ['a mention of nobody', link('<ri:user ri:username="eve" />'), '<span class="unresolved">Unknown user: eve</span>'],
    [
      'a link to a space',
      link('<ri:space ri:space-key="DOC" />'),
      '<a href="/display/DOC" data-linked-resource-type="space">Documents</a>',
    ],
    ['a link to no space', link('<ri:space ri:space-key="NO" />'), '<span class="unresolved">NO</span>'],
    [
      'a link to a file',
      link('<ri:attachment ri:filename="a.png" />'),
      '<a href="/download/attachments/1/a.png?version=2" data-linked-resource-id="att7" data-linked-resource-version="2" ' +
        'data-linked-resource-type="attachment" data-linked-resource-default-alias="a.png" ' +
        'data-linked-resource-content-type="image/png" data-linked-resource-container-id="1">a.png</a>',
    ],
    [
      'a link to an address',
      link('<ri:url ri:value="http://example.org/" />'),
      '<a href="http://example.org/" class="external-link" rel="nofollow">http://example.org/</a>',
    ],
    [
      'a shortcut',
      link('<ri:shortcut ri:key="jira" ri:parameter="A-1" />'),
      '<span class="unresolved">A-1@jira</span>',
    ],
    [
      'an image',
      '<ac:image ac:align="center" ac:width="200" ac:alt="Alt" ac:title="T" ac:border="true" ac:class="c"><ri:attachment ri:filename="a.png" /></ac:image>',
      '<span class="confluence-embedded-file-wrapper image-center-wrapper confluence-embedded-manual-size"><img ' +
        'class="confluence-embedded-image image-center confluence-content-image-border c" title="T" alt="Alt" width="200" ' +
        'src="/download/attachments/1/a.png?version=2" data-image-src="/download/attachments/1/a.png?version=2" ' +
        'data-linked-resource-id="att7" data-linked-resource-version="2" data-linked-resource-type="attachment" ' +
        'data-linked-resource-default-alias="a.png" data-linked-resource-content-type="image/png" ' +
        'data-linked-resource-container-id="1" /></span>',
    ],
    [
      'an image from elsewhere with a caption',
      '<ac:image ac:queryparams="w=1"><ri:url ri:value="https://example.org/i.png" /><ac:caption><p>c</p></ac:caption></ac:image>',
      '<span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image confluence-external-resource" ' +
        'src="https://example.org/i.png?w=1" data-image-src="https://example.org/i.png?w=1" />' +
        '<div class="confluence-embedded-caption"><p>c</p></div></span>',
    ],
    [
      'an image that is not there',
      '<ac:image><ri:attachment ri:filename="no.png" /></ac:image>',
      '<span class="confluence-embedded-file-wrapper"><span class="unknown-attachment unresolved">File not found: no.png</span></span>',
    ],
    [
      'an emoticon',
      '<ac:emoticon ac:name="tick" />',
      '<span class="emoticon emoticon-tick" data-emoticon-name="tick" role="img" aria-label="Tick" title="Tick">✅</span>',
    ],
    [
      'an emoji',
      '<ac:emoticon ac:name="blue-star" ac:emoji-shortname=":wave:" ac:emoji-id="1f44b" ac:emoji-fallback="👋" />',
      '<span class="emoticon emoticon-blue-star" data-emoticon-name="blue-star" data-emoji-id="1f44b" ' +
        'data-emoji-short-name=":wave:" role="img" aria-label="wave" title="wave">👋</span>',
    ],
    [
      'tasks',
      '<ac:task-list>\n<ac:task><ac:task-id>4</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task>\n' +
        '<ac:task><ac:task-id>5</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list>',
      '<ul class="inline-task-list" data-inline-tasks-content-id="1"><li class="checked" data-inline-task-id="4">a</li>' +
        '<li data-inline-task-id="5">b</li></ul>',
    ],
    [
      'a layout',
      '<ac:layout><ac:layout-section ac:type="three_with_sidebars"><ac:layout-cell>a</ac:layout-cell><ac:layout-cell>b</ac:layout-cell>' +
        '<ac:layout-cell>c</ac:layout-cell></ac:layout-section></ac:layout>',
      '<div class="contentLayout2"><div class="columnLayout three-with-sidebars" data-layout="three-with-sidebars">' +
        '<div class="cell aside" data-type="aside"><div class="innerCell">a</div></div>' +
        '<div class="cell normal" data-type="normal"><div class="innerCell">b</div></div>' +
        '<div class="cell aside" data-type="aside"><div class="innerCell">c</div></div></div></div>',
    ],
    [
      'an inline comment',
      '<ac:inline-comment-marker ac:ref="r1">a</ac:inline-comment-marker>',
      '<span class="inline-comment-marker" data-ref="r1">a</span>',
    ],
    ['a placeholder', 'a<ac:placeholder ac:type="mention">who?</ac:placeholder>', 'a'],
    [
      'content of the cloud',
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-content>x</ac:adf-content></ac:adf-node><ac:adf-fallback><p>f</p></ac:adf-fallback></ac:adf-extension>',
      '<p>f</p>',
    ],
    [
      'a panel of the cloud without a fallback',
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">success</ac:adf-attribute><ac:adf-content><p>x</p></ac:adf-content></ac:adf-node></ac:adf-extension>',
      '<div class="confluence-information-macro confluence-information-macro-tip"><div class="confluence-information-macro-body"><p>x</p></div></div>',
    ],
    ['a date', '<time datetime="2025-01-05" />', '<time datetime="2025-01-05">05 Jan 2025</time>'],
    ['what is no date', '<time datetime="soon" />', '<time datetime="soon">soon</time>'],
    [
      'a template',
      '<at:declarations><at:string at:name="s" /><at:textarea at:name="t" at:rows="2" at:columns="40" />' +
        '<at:list at:name="l"><at:option at:value="x&amp;y" /></at:list></at:declarations>' +
        '<at:var at:name="s" /><at:var at:name="t" /><at:var at:name="l" />',
      '<input class="template-variable" name="s" aria-label="s" type="text" />' +
        '<textarea class="template-variable" name="t" aria-label="t" rows="2" cols="40"></textarea>' +
        '<select class="template-variable" name="l" aria-label="l"><option value="">Choose one</option>' +
        '<option value="x&amp;y">x&amp;y</option></select>',
    ],
  ])('%s', async (_name, source, html) => {
    expect(await wiki.html(source)).toBe(html);
  });

  it('dates and names in Japanese', async () => {
    const japanese = new MemoryWiki([], null, 'ja');
    expect(await japanese.html('<time datetime="2025-01-05" /><h1>日本 語</h1>')).toBe(
      '<time datetime="2025-01-05">2025年1月5日</time><h1 id="日本語">日本 語</h1>',
    );
  });
});
