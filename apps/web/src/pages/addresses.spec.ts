import { describe, expect, it } from '@jest/globals';
import { idOfTiny, pageOfAddress, titledAddress } from './addresses.js';

describe('Confluence addresses', () => {
  it.each([
    ['On-call+guide', { title: 'On-call guide' }],
    ['2026/03/02/News+of+today', { title: 'News of today', postingDay: '2026-03-02' }],
    ['2026', { title: '2026' }],
    ['2026/03/02/', { title: '2026/03/02/' }],
  ])('%s is %j', (path, page) => {
    expect(titledAddress('OPS', path)).toEqual({ spaceKey: 'OPS', ...page });
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
