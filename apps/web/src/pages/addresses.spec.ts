import { describe, expect, it } from '@jest/globals';
import { idOfTiny, pageOfAddress, titleOfPath } from './addresses.js';

describe('Confluence addresses', () => {
  it.each([
    ['On-call+guide', 'On-call guide'],
    ['2026/03/02/News', 'News'],
    ['2026', '2026'],
  ])('%s is the page %s', (path, title) => {
    expect(titleOfPath(path)).toBe(title);
  });

  it.each([
    ['BQAB', '65541'],
    ['AQ', '1'],
    ['not base 64!', '0'],
    ['x'.repeat(100), '0'],
  ])('the short link %s is for %s', (tiny, id) => {
    expect(idOfTiny(tiny)).toBe(id);
  });

  it.each([
    ['/display/OPS/On-call+guide', { spaceKey: 'OPS', title: 'On-call guide' }],
    ['/display/~jane/a%2Fb+%25', { spaceKey: '~jane', title: 'a/b %' }],
    ['/display/OPS/%E0%A4%A', { spaceKey: 'OPS', title: '%E0%A4%A' }],
    ['/pages/viewpage.action?pageId=12', { id: '12' }],
    ['/pages/viewpage.action?spaceKey=OPS&title=On-call+guide', { spaceKey: 'OPS', title: 'On-call guide' }],
    ['/spaces/OPS/pages/12/Guide', { id: '12' }],
    ['/x/AQ', { id: '1' }],
    ['/display/OPS', undefined],
    ['/pages/viewpage.action', undefined],
    ['/search?text=a', undefined],
  ])('%s names %j', (address, page) => {
    expect(pageOfAddress(new URL(address, 'https://wiki.example.org'))).toEqual(page);
  });
});
