import { isUtf8 } from 'node:buffer';
import { badRequest } from '@tributary/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Largest JSON request; a body of 5 MiB with its escapes fits, and more than NATS carries is refused before it is read. */
export const requestBytesMax = 10 * 1024 * 1024;
/** A client that sends its request a byte at a time holds a connection no longer than this. Uploads stream and are exempt. */
const bodyMillisMax = 60_000;

const timerOf = new WeakMap<FastifyRequest, NodeJS.Timeout>();

const isForm = (request: FastifyRequest): boolean =>
  request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data') ?? false;

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** How bodies are read: JSON and forms whole, within their limits of size and time; files are left to whoever streams them. */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parseJson = server.getDefaultJsonParser('remove', 'ignore');
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    // Clients announce JSON with every request that could have a body: an empty one is none.
    if (body.length === 0) done(null, undefined);
    else if (!isUtf8(body)) done(badRequest('The body is not UTF-8'));
    else void parseJson(request, body.toString('utf8'), done);
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => parseForm(body),
  );
  server.addContentTypeParser('multipart/form-data', async () => undefined);
  server.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request) && !isForm(request)) {
      timerOf.set(
        request,
        setTimeout(() => request.raw.destroy(), bodyMillisMax),
      );
    }
    done();
  });
  const readWhole = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    if (hasBody(request)) clearTimeout(timerOf.get(request));
    done();
  };
  server.addHook('preValidation', readWhole);
  // Refused before it was read whole.
  server.addHook('onResponse', readWhole);
}

export function parseForm(body: Buffer): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const known = fields[name];
    fields[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return fields;
}
