import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { credentialsOf } from './credentials.js';

const showing = (headers: Record<string, string>) => credentialsOf({ headers } as unknown as FastifyRequest);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentialsOf', () => {
  it('reads a name and a password, which may hold colons and any script', () => {
    expect(showing({ authorization: basic('admin:pa:ss 日本') })).toEqual({
      kind: 'password',
      username: 'admin',
      password: 'pa:ss 日本',
    });
  });

  it('reads a token, whatever the case of its scheme', () => {
    expect(showing({ authorization: 'bearer abc' })).toEqual({ kind: 'token', value: 'abc' });
  });

  it('reads the session cookie among others', () => {
    expect(showing({ cookie: 'a=b; JSESSIONID=xyz; c=d' })).toEqual({ kind: 'session', value: 'xyz' });
  });

  it('prefers the header to the cookie', () => {
    expect(showing({ authorization: 'Bearer abc', cookie: 'JSESSIONID=xyz' }).kind).toBe('token');
  });

  it('takes nothing for anonymous', () => {
    expect(showing({})).toEqual({ kind: 'anonymous' });
  });

  it.each([
    'Basic',
    'Basic %%%',
    'Basic YWRtaW4',
    basic(':password'),
    basic('admin:'),
    basic(`${'a'.repeat(300)}:x`),
    'Bearer',
    `Bearer ${'x'.repeat(500)}`,
    'Digest username="admin"',
    'nonsense',
  ])('takes a header that it cannot read for wrong credentials, never for none: %s', (authorization) => {
    expect(() => showing({ authorization })).toThrow('AUTHENTICATED_FAILED');
  });
});
