const macro = (name: string, parameters: Record<string, string> = {}, body = ''): string => {
  const elements = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${elements.join('')}${body}</ac:structured-macro>`;
};
const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const plain = (body: string): string => `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`;
const page = (title: string): string => `<ac:link><ri:page ri:content-title="${title}" /></ac:link>`;

/** A body with every element of storage format and every macro that is rendered; it links to a page "Home". */
export const SAMPLE_PAGE = [
  macro('toc', { maxLevel: '3', exclude: 'Not this.*' }),
  '<h1>First &amp; foremost</h1><h2>Second&nbsp;heading</h2><!-- kept --><h2>Not this one</h2>',
  '<p style="text-align: center;">Text <strong>bold</strong> <em>it</em> <u>u</u> <s>s</s><sub>1</sub><sup>2</sup> <code>c</code>',
  ' <span style="color: rgb(255,0,0);">red</span> &eacute;&hearts;&#160; <a href="https://example.org/?a=1&amp;b=2">x</a><br /></p>',
  '<blockquote><p>q</p></blockquote><pre>p  p</pre><hr /><ul><li>a<ol start="3"><li>b</li></ol></li></ul>',
  `<p>${page('Home')} <ac:link ac:anchor="a b" ac:tooltip="t"><ri:page ri:space-key="DOC" ri:content-title="Home" />`,
  '<ac:plain-text-link-body><![CDATA[<home> & ]]]]><![CDATA[>]]></ac:plain-text-link-body></ac:link>',
  '<ac:link><ri:blog-post ri:content-title="News" ri:posting-day="2025/01/05" /><ac:link-body><b>news</b></ac:link-body></ac:link>',
  '<ac:link><ri:attachment ri:filename="a.png"><ri:page ri:content-title="Home" /></ri:attachment></ac:link>',
  '<ac:link><ri:user ri:userkey="u1" /></ac:link><ac:link><ri:space ri:space-key="DOC" /></ac:link>',
  '<ac:link><ri:shortcut ri:key="jira" ri:parameter="A-1" /></ac:link><ac:link ac:anchor="here" />',
  '<ac:link><ri:content-entity ri:content-id="1" /></ac:link></p>',
  '<ac:image ac:align="right" ac:thumbnail="true" ac:width="300"><ri:attachment ri:filename="a.png" /><ac:caption><p>c</p></ac:caption></ac:image>',
  '<ac:image ac:alt="x"><ri:url ri:value="https://example.org/i.png" /></ac:image>',
  '<p><ac:emoticon ac:name="smile" /><ac:emoticon ac:name="blue-star" ac:emoji-shortname=":x:" ac:emoji-id="1f" ac:emoji-fallback="👋" />',
  '<ac:inline-comment-marker ac:ref="r">marked</ac:inline-comment-marker><ac:placeholder ac:type="text">prompt</ac:placeholder>',
  '<time datetime="2025-01-05" /></p>',
  '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>do</ac:task-body></ac:task></ac:task-list>',
  '<ac:layout><ac:layout-section ac:type="two_equal" ac:breakout-mode="wide"><ac:layout-cell><p>l</p></ac:layout-cell>',
  '<ac:layout-cell><p>r</p></ac:layout-cell></ac:layout-section></ac:layout>',
  '<table class="wrapped"><colgroup><col style="width: 10.0%;" /></colgroup><tbody><tr><th>h</th>',
  '<td colspan="2" data-highlight-colour="red"><p>d</p></td></tr></tbody></table>',
  '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>x</p>',
  '</ac:adf-content></ac:adf-node><ac:adf-fallback><p>f</p></ac:adf-fallback></ac:adf-extension>',
  '<at:declarations><at:string at:name="s" /><at:list at:name="l"><at:option at:value="o" /></at:list></at:declarations>',
  '<p><at:var at:name="s" /><at:var at:name="l" /></p>',
  macro('code', { language: 'py', title: 'T', linenumbers: 'true' }, plain('a[b[0]] = "x"\n# ]]]]><![CDATA[> end\n')),
  macro('noformat', {}, plain(' plain <b> ')),
  ...['info', 'note', 'warning', 'tip'].map((name) => macro(name, { title: 'T' }, rich('<p>b</p>'))),
  macro('panel', { title: 'P', bgColor: '#fff' }, rich('<h3>In a panel</h3>')),
  macro('expand', { title: 'E' }, rich(macro('expand', {}, rich('<p>deep</p>')))),
  `<p>${macro('anchor', { '': 'here' })}${macro('status', { title: 'DONE', colour: 'Green' })}</p>`,
  macro(
    'section',
    { border: 'true' },
    rich(macro('column', { width: '30%' }, rich('c')) + macro('column', {}, rich('d'))),
  ),
  macro('excerpt', { hidden: 'true' }, rich('e')),
  macro('include', { '': page('Home') }),
  macro('excerpt-include', { '': page('Home'), nopanel: 'true' }),
  macro('children', { all: 'true', excerptType: 'simple' }),
  macro('pagetree', { root: '@none', startDepth: '2' }),
  '<ac:macro ac:name="anchor"><ac:default-parameter>old</ac:default-parameter></ac:macro>',
].join('\n');

/** The page "Home" that the sample shows parts of. */
export const SAMPLE_HOME = `<p>home</p>${macro('excerpt', {}, rich('<p>in short</p>'))}`;
