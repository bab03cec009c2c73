import { describe, expect, it } from '@jest/globals';
import { linksOf } from './links.js';
import { macrosOf } from './macros-used.js';
import { parseStorage } from './parse.js';

const BODY = parseStorage(`<p><a href="https://example.org/">x</a>
<ac:link ac:anchor="there"><ri:page ri:content-title="Home" /></ac:link>
<ac:link><ri:user ri:userkey="u1" /></ac:link><ac:link ac:anchor="here" />
<ac:image><ri:attachment ri:filename="a.png"><ri:page ri:content-title="Files" ri:space-key="DOC" /></ri:attachment></ac:image>
<ac:image><ri:attachment ri:filename="b.png" /></ac:image></p>
<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Part" /></ac:link></ac:parameter></ac:structured-macro>
<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user"><ri:user ri:username="joe" /></ac:parameter></ac:structured-macro>
<ac:macro ac:name="include" ac:default-parameter="Part" />`);

describe('linksOf', () => {
  it("finds links, images and macros' targets, relative to their content", () => {
    const page = (title: string, spaceKey = 'ENG'): object => ({ type: 'page', title, spaceKey });
    expect(linksOf(BODY, { id: '7', spaceKey: 'ENG' })).toEqual([
      { by: 'link', target: { type: 'url', url: 'https://example.org/' } },
      { by: 'link', target: { type: 'page', page: page('Home') }, anchor: 'there' },
      { by: 'link', target: { type: 'user', user: { userKey: 'u1' } } },
      { by: 'image', target: { type: 'attachment', attachment: { filename: 'a.png', page: page('Files', 'DOC') } } },
      { by: 'image', target: { type: 'attachment', attachment: { filename: 'b.png', page: { contentId: '7' } } } },
      { by: 'link', target: { type: 'page', page: page('Part') } },
      { by: 'macro', target: { type: 'user', user: { username: 'joe' } } },
    ]);
  });
});

describe('macrosOf', () => {
  it('counts macros of both forms by name', () => {
    expect([...macrosOf(BODY)]).toEqual([
      ['include', 2],
      ['profile', 1],
    ]);
  });
});
