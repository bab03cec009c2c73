import { baseUrlMark } from '@tributary/contracts';
import type { FastifyRequest } from 'fastify';

const hostPattern = /^[A-Za-z0-9.\-[\]:_]{1,255}$/;

/**
 * Under which address the client reached us: links lead back the same way. Behind a load balancer the forwarded host and
 * protocol count; they choose only what links look like to the client that sent them.
 */
export function baseUrlOf(request: FastifyRequest, configured: string | undefined): string {
  if (configured) return configured.replace(/\/+$/, '');
  const forwarded = request.headers['x-forwarded-host'];
  const named =
    (typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined) ?? request.headers.host ?? '';
  const host = hostPattern.test(named) ? named : 'localhost';
  return `${request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host}`;
}

/** An answer's own links name the base that its relative ones start from; those inside of it don't repeat it. */
export function withBaseLinks(answer: unknown): unknown {
  const links = (answer as { _links?: unknown } | null)?._links;
  if (typeof links !== 'object' || links === null) return answer;
  return { ...(answer as object), _links: { ...links, base: baseUrlMark, context: '' } };
}

/** A JSON text with the base in place of its mark. */
export const withBase = (json: string, base: string): string => json.replaceAll(baseUrlMark, base);
