import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const compress = promisify(gzip);

/** Shorter lists cost a gateway more than a slow line. */
const listBytesMin = 4_096;

export const takesGzip = ({ headers }: FastifyRequest): boolean =>
  String(headers['accept-encoding'] ?? '').includes('gzip');

/** Compressed where the client takes that; for what differs from reader to reader, so that nobody has it ready. */
export async function compressed(bytes: Buffer | string, request: FastifyRequest): Promise<Buffer | undefined> {
  return takesGzip(request) ? compress(bytes, { level: 5 }) : undefined;
}

/** Compresses long lists: of 200 pages in the tree a tenth is left. Answers that come as bytes are their routes' own concern. */
export function compressLists(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload: unknown) => {
    if (typeof payload !== 'string' || payload.length < listBytesMin || request.method !== 'GET') return payload;
    reply.header('vary', 'Accept-Encoding');
    const bytes = await compressed(payload, request);
    if (bytes) reply.header('content-encoding', 'gzip');
    return bytes ?? payload;
  });
}
