import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { baseUrlOf } from './base-url.js';

const arriving = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;

describe('baseUrlOf', () => {
  it('leads back the way that the client came', () => {
    expect(baseUrlOf(arriving({ host: 'wiki.example:8090' }), undefined)).toBe('http://wiki.example:8090');
  });

  it('is the configured one when there is one', () => {
    expect(baseUrlOf(arriving({ host: 'other' }), 'https://wiki.example/')).toBe('https://wiki.example');
  });

  it.each(['a"b', 'a<b', 'a b', 'a\\b', 'a/b'])('never holds what is no host: %s', (host) => {
    expect(baseUrlOf(arriving({ host }), undefined)).toBe('http://localhost');
  });
});
