import { describe, expect, it } from '@jest/globals';
import { idOfTiny, titleOfPath } from './addresses.js';

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
});
