import type { FastifyReply } from 'fastify';

/**
 * What a browser may do with our pages: scripts and styles of our own only (pages carry inline styles from the editor), no
 * frames around us, no plug-ins.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http:",
  "media-src 'self' https:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every HTML page that we serve. */
export function protectPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('Content-Security-Policy', contentSecurityPolicy)
    .header('X-Content-Type-Options', 'nosniff')
    .header('X-Frame-Options', 'SAMEORIGIN')
    .header('Referrer-Policy', 'same-origin');
}
