import { describe, expect, it } from '@jest/globals';
import { parseStorage } from './parse.js';
import { textOf } from './text.js';

describe('textOf', () => {
  it.each([
    ['<h1>Title</h1><p>One <strong>two</strong>\n  three</p>', 'Title\nOne two three'],
    ['<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>', 'a\nb'],
    [
      '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">py</ac:parameter><ac:parameter ac:name="title">File' +
        '</ac:parameter><ac:plain-text-body><![CDATA[x = 1]]></ac:plain-text-body></ac:structured-macro>',
      'File\nx = 1',
    ],
    ['<p>See <ac:link><ri:page ri:content-title="Home" /></ac:link>.</p>', 'See Home.'],
    [
      '<p>See <ac:link><ri:page ri:content-title="Home" /><ac:plain-text-link-body><![CDATA[there]]></ac:plain-text-link-body></ac:link></p>',
      'See there',
    ],
    [
      '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Do</ac:task-body></ac:task></ac:task-list>',
      'Do',
    ],
  ])('of %s', (source, text) => {
    expect(textOf(parseStorage(source))).toBe(text);
  });
});
