import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { localeOf } from './locale.js';

const preferring = (header?: string) =>
  localeOf({ headers: header === undefined ? {} : { 'accept-language': header } } as unknown as FastifyRequest);

describe('localeOf', () => {
  it.each([
    [undefined, 'en'],
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
    ['en-GB,en;q=0.9,ja;q=0.8', 'en'],
    ['de,ja;q=0.3', 'ja'],
    ['*', 'en'],
    [';;;q=,,', 'en'],
  ])('%s is %s', (header, locale) => {
    expect(preferring(header)).toBe(locale);
  });
});
