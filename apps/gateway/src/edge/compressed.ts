import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const compress = promisify(gzip);

/** Shorter lists cost a gateway more than a slow line. */
const listBytesMin = 4_096;

/** Compressed where the client takes that; for what differs from reader to reader, so that nobody has it ready. */
export async function compressed(bytes: Buffer | string, acceptEncoding: string): Promise<Buffer | undefined> {
  return acceptEncoding.includes('gzip') ? compress(bytes, { level: 5 }) : undefined;
}

/** Compresses long lists: of 200 pages in the tree a tenth is left. Answers that come as bytes are their routes' own concern. */
export function compressLists(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload: unknown) => {
    if (typeof payload !== 'string' || payload.length < listBytesMin || request.method !== 'GET') return payload;
    reply.header('vary', 'Accept-Encoding');
    const bytes = await compressed(payload, String(request.headers['accept-encoding'] ?? ''));
    if (bytes) reply.header('content-encoding', 'gzip');
    return bytes ?? payload;
  });
}
