import { describe, expect, it } from '@jest/globals';
import { contentDisposition } from './content-disposition.js';

describe('contentDisposition', () => {
  it.each(['image/png', 'application/pdf', 'text/plain; charset=utf-8', 'video/mp4'])('shows %s', (mediaType) => {
    expect(contentDisposition('a', mediaType, false)).toMatch(/^inline;/);
  });

  it.each(['text/html', 'image/svg+xml', 'application/xml', 'application/javascript', '', 'nonsense'])(
    'offers %s for saving',
    (mediaType) => {
      expect(contentDisposition('a', mediaType, false)).toMatch(/^attachment;/);
    },
  );

  it('offers anything for saving when asked to', () => {
    expect(contentDisposition('a.png', 'image/png', true)).toMatch(/^attachment;/);
  });

  it('carries any name without breaking the header', () => {
    expect(contentDisposition(`図 "1"\\'%.png`, 'image/png', false)).toBe(
      `inline; filename="_ _1__'_.png"; filename*=UTF-8''%E5%9B%B3%20%221%22%5C%27%25.png`,
    );
  });
});
