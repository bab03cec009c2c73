import { expect, it } from '@jest/globals';
import { linkNames } from './link-names.js';

it('names what a body points at, once each time', () => {
  const link = (inside: string): string => `<ac:link>${inside}</ac:link>`;
  const body = [
    link('<ri:page ri:content-title=" On-Call " />'),
    link('<ri:page ri:space-key="ops" ri:content-title="on-call" />'),
    link('<ri:blog-post ri:content-title="News" ri:posting-day="2026/01/02" />'),
    link('<ri:content-entity ri:content-id="7" />'),
    '<a href="https://wiki.example/pages/viewpage.action?spaceKey=A&amp;pageId=9#here">nine</a>',
    '<a href="https://elsewhere.example/?pageId=11">not ours</a>',
    link('<ri:attachment ri:filename="own.png" />'),
    '<ac:image><ri:attachment ri:filename="a.png"><ri:page ri:content-title="Owner" /></ri:attachment></ac:image>',
    '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Part" /></ac:link></ac:parameter></ac:structured-macro>',
  ].join('');
  expect(linkNames(body, 'Ops')).toEqual(
    ['page:OPS:on-call', 'blogpost:OPS:news', 'id:7', 'id:9', 'page:OPS:owner', 'page:OPS:part'].sort(),
  );
  expect(linkNames('<p>no <ri:user ri:userkey="k" /></p>', 'OPS')).toBeNull();
});
