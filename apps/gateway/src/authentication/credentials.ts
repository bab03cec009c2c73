import { identity, ServiceError } from '@tributary/contracts';
import type { FastifyRequest } from 'fastify';

export const sessionCookie = 'JSESSIONID';

const failed = () =>
  new ServiceError('unauthenticated', 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED');

/** The value of a cookie. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * What a request shows to prove who sent it: the Authorization header before the cookie. A header that can't be read counts as
 * wrong credentials, never as none.
 */
export function credentialsOf(request: FastifyRequest): identity.Credentials {
  const header = request.headers.authorization;
  if (header) return fromHeader(header);
  const session = cookieOf(request, sessionCookie);
  return session ? { kind: 'session', value: session.slice(0, 200) } : { kind: 'anonymous' };
}

function fromHeader(header: string): identity.Credentials {
  const [scheme = '', value = ''] = header.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer') {
    if (value === '' || value.length > 200) throw failed();
    return { kind: 'token', value };
  }
  if (scheme.toLowerCase() !== 'basic' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) throw failed();
  const text = Buffer.from(value, 'base64').toString('utf8');
  const at = text.indexOf(':');
  const parsed = identity.Credentials.safeParse({
    kind: 'password',
    username: text.slice(0, at),
    password: text.slice(at + 1),
  });
  if (at < 1 || !parsed.success) throw failed();
  return parsed.data;
}
