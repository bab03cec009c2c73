import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryWiki } from '../testing/memory-wiki.js';
import { ALLOWED_ELEMENTS, FIELD_ELEMENTS } from './allowed.js';
import { sanitise } from './sanitise.js';

/** Tests with random input end after this, whatever they found. */
const FUZZ_MILLIS_MAX = 2_000;

const TAG = /<\/?([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi;
const ELEMENTS = new Set([...ALLOWED_ELEMENTS, ...FIELD_ELEMENTS]);
const SCRIPT_ADDRESS = /^\s*(?:javascript|vbscript|data):/i;

/** What could run in this HTML: elements that aren't allowed, handlers, addresses that are scripts, tags that aren't whole. */
function dangersOf(html: string): string[] {
  const dangers: string[] = [];
  const rest = html.replace(TAG, (_tag, name: string, attributes: string) => {
    if (!ELEMENTS.has(name)) dangers.push(name);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) {
      if (/^(?:on|srcdoc|srcset|formaction|action)/i.test(attribute)) dangers.push(attribute);
      if (/^(?:href|src|data-image-src)$/.test(attribute) && SCRIPT_ADDRESS.test(value)) dangers.push(value);
    }
    return '';
  });
  return rest.includes('<') ? [...dangers, rest] : dangers;
}

const wiki = new MemoryWiki();

describe('sanitised HTML', () => {
  it.each([
    ['<script>alert(1)</script>a', 'a'],
    ['<p onclick="alert(1)" onmouseover="x">a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" jAvA&#9;script:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="vbscript:x">a</a>', '<a>a</a>'],
    ['<a href="data:text/html;base64,AAAA">a</a>', '<a>a</a>'],
    ['<img src="javascript:x" />', '<img />'],
    ['<img src="data:image/svg+xml;base64,AAAA" onerror="x" />', '<img />'],
    ['<iframe src="https://example.org/">a</iframe>', 'a'],
    ['<object data="x"><embed src="y" /></object>', ''],
    ['<svg><a xlink:href="javascript:x"><text>a</text></a></svg>', '<a>a</a>'],
    ['<math><mtext>a</mtext></math>', 'a'],
    ['<form action="/x"><input name="a" type="password" /><button>b</button></form>', 'b'],
    ['<style>p { color: red }</style>a', 'a'],
    ['<p style="color: red; position: fixed; background-image: url(x)">a</p>', '<p style="color:red">a</p>'],
    ['<p style="width: expression(alert(1)); color: &quot;&gt;&lt;script&gt;">a</p>', '<p>a</p>'],
    ['<meta http-equiv="refresh" content="0" /><base href="x" /><link rel="stylesheet" href="x" />a', 'a'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<p><![CDATA[<script>alert(1)</script>]]></p>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['<!--><script>alert(1)</script>-->a', 'a'],
    ['<p title="&quot;&gt;&lt;script&gt;">a</p>', '<p title="&quot;&gt;&lt;script&gt;">a</p>'],
  ])('of %s is %s', async (source, html) => {
    expect(await wiki.html(source)).toBe(html);
  });

  it.each([
    '<ac:structured-macro ac:name="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" />',
    '<ac:structured-macro ac:name="panel"><ac:parameter ac:name="bgColor">red;}&lt;/style&gt;&lt;script&gt;x&lt;/script&gt;</ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">x" onclick="y</ac:parameter><ac:plain-text-body><![CDATA[</pre><script>x</script>]]></ac:plain-text-body></ac:structured-macro>',
    '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">&lt;img src=x onerror=y&gt;</ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">x" onclick="y</ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="toc"><ac:parameter ac:name="class">x" onclick="y</ac:parameter></ac:structured-macro><h1>&lt;script&gt;x&lt;/script&gt;</h1>',
    '<ac:emoticon ac:name="x&quot; onclick=&quot;y" ac:emoji-fallback="&lt;script&gt;" />',
    '<ac:image ac:style="background: url(javascript:x)" ac:alt="&quot; onerror=&quot;x"><ri:url ri:value="javascript:x" /></ac:image>',
    '<ac:link><ri:url ri:value="javascript:x" /></ac:link>',
    '<time datetime="&quot; onclick=&quot;x" />',
    '<at:var at:name="&quot; onfocus=&quot;x" />',
    '<ac:link ac:tooltip="&quot; onclick=&quot;x" ac:anchor="&quot; onclick=&quot;y" />',
  ])('has nothing that runs: %s', async (source) => {
    expect(dangersOf(await wiki.html(source))).toEqual([]);
  });

  it.each(['<script>', '<p onclick="x">', '<a href=" javascript:x">', '<p <b>'])('would be found out: %s', (html) => {
    expect(dangersOf(html)).not.toEqual([]);
  });

  it('has nothing that runs, whatever tags it was made of', () => {
    const tokens =
      '<script> </script> <p <a_href=" javascript: "> <img_src=x_ onerror= \' > </p> <svg/onload= <!-- --> ' +
      '<![CDATA[ ]]> <style> </style> <textarea> </textarea> &#x6a; _ / = <math>';
    const token = fc.constantFrom(...tokens.split(' ').map((text) => text.replace('_', ' ')));
    fc.assert(
      fc.property(fc.array(token), (chosen) => {
        expect(dangersOf(sanitise(chosen.join('')))).toEqual([]);
      }),
      { interruptAfterTimeLimit: FUZZ_MILLIS_MAX, numRuns: 20_000 },
    );
  });
});
