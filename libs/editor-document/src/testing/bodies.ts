import fc from 'fast-check';

const macro = (name: string, inside: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="m1">${inside}</ac:structured-macro>`;
const rich = (inside: string): string => `<ac:rich-text-body>${inside}</ac:rich-text-body>`;

/** A body with all that the editor knows, and much that it doesn't. */
export const SAMPLE = [
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

/** Bodies of elements inside each other that no person would write. */
export const { body: anyBody } = fc.letrec<{ body: string; node: string }>((tie) => ({
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
