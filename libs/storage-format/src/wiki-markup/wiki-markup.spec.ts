import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStorage } from '../parse.js';
import { serialiseStorage } from '../serialise.js';
import { storageOfWiki } from './wiki-markup.js';

const converted = (markup: string): string =>
  serialiseStorage(storageOfWiki(markup)).replaceAll(' ac:schema-version="1"', '');
const code = (parameters: string, body: string): string =>
  `<ac:structured-macro ac:name="code">${parameters}<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body></ac:structured-macro>`;
const parameter = (name: string, value: string): string => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;

describe('wiki markup in a line', () => {
  it.each([
    [
      '*bold* _italic_ -gone- +new+ ^up^ ~down~ ??who??',
      '<strong>bold</strong> <em>italic</em> <s>gone</s> <u>new</u> <sup>up</sup> <sub>down</sub> <cite>who</cite>',
    ],
    ['*bold and _both_*', '<strong>bold and <em>both</em></strong>'],
    ['a_b_c 2*3*4 well-known-word', 'a_b_c 2*3*4 well-known-word'],
    [
      '{{npm start}} and {color:red}danger{color}',
      '<code>npm start</code> and <span style="color: red;">danger</span>',
    ],
    ['\\*no\\* \\{x}', '*no* {x}'],
    ['one \\\\ two', 'one <br />two'],
    ['1 -- 2 --- 3', '1 – 2 — 3'],
    ['(/) done :) f(x)', '<ac:emoticon ac:name="tick" /> done <ac:emoticon ac:name="smile" /> f(x)'],
    ['see https://example.org/a?b=1.', 'see <a href="https://example.org/a?b=1">https://example.org/a?b=1</a>.'],
    ['[Guide|https://example.org]', '<a href="https://example.org">Guide</a>'],
    ['[On-call guide]', '<ac:link><ri:page ri:content-title="On-call guide" /></ac:link>'],
    [
      '[the guide|OPS:On-call guide#alarms]',
      '<ac:link ac:anchor="alarms"><ri:page ri:space-key="OPS" ri:content-title="On-call guide" /><ac:link-body>the guide</ac:link-body></ac:link>',
    ],
    [
      '[^plan.pdf] [~jane] [#top]',
      '<ac:link><ri:attachment ri:filename="plan.pdf" /></ac:link> <ac:link><ri:user ri:username="jane" /></ac:link> <ac:link ac:anchor="top"><ac:link-body>top</ac:link-body></ac:link>',
    ],
    [
      '!net.png|thumbnail,alt=Network! wow!',
      '<ac:image ac:thumbnail="true" ac:alt="Network"><ri:attachment ri:filename="net.png" /></ac:image> wow!',
    ],
    [
      '{status:colour=Green|title=OK}',
      `<ac:structured-macro ac:name="status">${parameter('colour', 'Green')}${parameter('title', 'OK')}</ac:structured-macro>`,
    ],
    ['日本語の*太字*は', '日本語の*太字*は'],
  ])('%s', (markup, expected) => expect(converted(markup)).toBe(`<p>${expected}</p>`));
});

describe('wiki markup of blocks', () => {
  it.each([
    ['h1. Title\nbq. Said\n----\ntext', '<h1>Title</h1><blockquote><p>Said</p></blockquote><hr /><p>text</p>'],
    ['one\ntwo\n\nthree', '<p>one<br />two</p><p>three</p>'],
    [
      '* a\n** b\n*# c\n* d\n# e',
      '<ul><li><p>a</p><ul><li><p>b</p></li></ul><ol><li><p>c</p></li></ol></li><li><p>d</p></li></ul><ol><li><p>e</p></li></ol>',
    ],
    [
      '|| Host || Role ||\n| db1 | [main|DB] |\n| | x',
      '<table><tbody><tr><th><p>Host</p></th><th><p>Role</p></th></tr><tr><td><p>db1</p></td><td><p><ac:link><ri:page ri:content-title="DB" /><ac:link-body>main</ac:link-body></ac:link></p></td></tr><tr><td /><td><p>x</p></td></tr></tbody></table>',
    ],
    [
      'before\n{code:java|title=Main.java}\nint *a* = [1];\n{code}\nafter',
      `<p>before</p>${code(parameter('language', 'java') + parameter('title', 'Main.java'), 'int *a* = [1];')}<p>after</p>`,
    ],
    ['{code}a ]]> b{code}', code('', 'a ]]]]><![CDATA[> b')],
    [
      '{toc:maxLevel=2}\n\nh2. A',
      `<ac:structured-macro ac:name="toc">${parameter('maxLevel', '2')}</ac:structured-macro><h2>A</h2>`,
    ],
    [
      '{info:title=Mind}\n* it\n{info}',
      `<ac:structured-macro ac:name="info">${parameter('title', 'Mind')}<ac:rich-text-body><ul><li><p>it</p></li></ul></ac:rich-text-body></ac:structured-macro>`,
    ],
    [
      '{panel:title=A}x{panel:title=B}y{panel}z{panel}',
      `<ac:structured-macro ac:name="panel">${parameter('title', 'A')}<ac:rich-text-body><p>x</p><ac:structured-macro ac:name="panel">${parameter('title', 'B')}<ac:rich-text-body><p>y</p></ac:rich-text-body></ac:structured-macro><p>z</p></ac:rich-text-body></ac:structured-macro>`,
    ],
    ['{quote}\nlong\n{quote}', '<blockquote><p>long</p></blockquote>'],
    ['a {b} c', '<p>a {b} c</p>'],
  ])('%s', (markup, expected) => expect(converted(markup)).toBe(expected));

  it('becomes something well-formed, whatever is written', () => {
    const signs = fc.constantFrom(
      '*',
      '_',
      '|',
      '||',
      '{',
      '}',
      '{code}',
      '{info:title=a}',
      '{info}',
      '[',
      ']',
      '!a.png!',
      '\n',
      '# ',
      'h1. ',
      'x ',
      '\\',
      '<&',
      '{{',
      '--',
      '(/)',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
        parseStorage(converted(parts.join('')));
      }),
      { numRuns: 500 },
    );
  });

  // Looking for each end in the whole rest took minutes for these, and too many nodes at once have no place on the stack.
  it.each([
    '[',
    '*a ',
    '*a*b ',
    '{{a ',
    '{color:red}',
    '{info:a}',
    '{info}',
    'a\n',
    'a\n\n',
    '* a\n',
    '|a\n',
    '|a',
    '|[',
  ])(
    'ends soon for very many of %j',
    (part) => {
      parseStorage(converted(part.repeat(120_000 / part.length)));
    },
    10_000,
  );
});
