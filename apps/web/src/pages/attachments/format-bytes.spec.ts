import { describe, expect, it } from '@jest/globals';
import { formatBytes } from './format-bytes.js';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_500, '1.5 kB'],
    [301_000, '301 kB'],
    [20_000_000, '20 MB'],
    [7_260_000_000_000, '7,260 GB'],
  ])('of %d bytes', (bytes, shown) => {
    expect(formatBytes(bytes, 'en')).toBe(shown);
  });
});
