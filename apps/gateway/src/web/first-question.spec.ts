import { describe, expect, it } from '@jest/globals';
import { firstQuestionOf } from './first-question.js';

const expand = 'expand=body.view,version,space,ancestors,metadata.labels';
const encodedExpand = 'expand=body.view%2Cversion%2Cspace%2Cancestors%2Cmetadata.labels';

describe('the first question of the web application', () => {
  it.each([
    ['/pages/viewpage.action?pageId=12', `/rest/api/content/12?${expand}`],
    ['/pages/viewpage.action?pageId=12&version=3', `/rest/api/content/12?${expand}&status=historical&version=3`],
    ['/spaces/OPS/pages/12/On-call+guide', `/rest/api/content/12?${expand}`],
    ['/spaces/OPS/pages/12', `/rest/api/content/12?${expand}`],
    [
      '/pages/viewpage.action?spaceKey=OPS&title=On-call+guide',
      `/rest/api/content?spaceKey=OPS&title=On-call+guide&${encodedExpand}&limit=1`,
    ],
    ['/display/OPS/On-call+guide', `/rest/api/content?spaceKey=OPS&title=On-call+guide&${encodedExpand}&limit=1`],
    [
      '/display/OPS/2026/03/02/News',
      `/rest/api/content?spaceKey=OPS&title=News&type=blogpost&postingDay=2026-03-02&${encodedExpand}&limit=1`,
    ],
    [
      '/display/~rei/%E5%BE%A9%E5%85%83',
      `/rest/api/content?spaceKey=%7Erei&title=%E5%BE%A9%E5%85%83&${encodedExpand}&limit=1`,
    ],
  ])('at %s is %s', (address, question) => {
    expect(firstQuestionOf(address)).toBe(question);
  });

  it('at the address of a space is for its home page', () => {
    expect(firstQuestionOf('/display/OPS')).toMatch(
      /^\/rest\/api\/space\/OPS\?expand=homepage,homepage\.body\.view,homepage\.version,/,
    );
  });

  it.each([
    '/',
    '/spaces',
    '/login?next=/display/OPS',
    '/search?q=1',
    '/pages/viewpage.action?pageId=1;x',
    '/pages/viewpage.action?pageId=..%2F..%2Fuser',
    '/spaces/OPS/pages/..%2Fx',
    '/display',
    '/display/%E0%A4%A',
  ])('at %s is none, or one that leads nowhere else', (address) => {
    expect(firstQuestionOf(address) ?? '').toMatch(/^$|^\/rest\/api\/space\/%25E0%25A4%25A\?/);
  });
});
