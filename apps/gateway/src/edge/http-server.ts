import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { httpDurations } from '@tributary/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../gateway-context.js';
import type { Api } from './api.js';
import { baseUrlOf, withBase, withBaseLinks } from './base-url.js';
import { readBodies, requestBytesMax } from './body-parsers.js';
import { compressLists } from './compressed.js';
import { describeError, errorBody } from './error-body.js';

/** Request line and headers together: an `expand` of the most that is read, and large cookies, fit. */
const headerBytesMax = 32 * 1024;
/** A client has this long to send its headers, so that connections that say nothing don't pile up. */
const headersMillisMax = 15_000;
/** A connection on which nothing moves at all, in either direction, while a request is under way. */
const silenceMillisMax = 60_000;
/** Longer than load balancers keep idle connections (60 s mostly), so that they never use one that we just closed. */
const keepAliveMillis = 72_000;

export const serverOptions = {
  bodyLimit: requestBytesMax,
  // Uploads may take hours; other bodies have a limit of their own where they are read.
  requestTimeout: 0,
  connectionTimeout: silenceMillisMax,
  keepAliveTimeout: keepAliveMillis,
  http: { maxHeaderSize: headerBytesMax, headersTimeout: headersMillisMax, connectionsCheckingInterval: 5_000 },
  routerOptions: { maxParamLength: 2_000 },
  forceCloseConnections: 'idle' as const,
  // What arrives on a connection that was open when the stop began is answered still.
  return503OnClosing: false,
  rewriteUrl: (request: IncomingMessage) => canonicalPath(request.url ?? '/'),
  clientErrorHandler: refuseBytes,
  frameworkErrors: (error: Error, _request: unknown, reply: unknown) => {
    const { status, message } = describeError(error);
    void (reply as FastifyReply).status(status).send(errorBody(status, message));
  },
};

/**
 * Older names of the base path are the same API: `latest`, and `experimental` for what grew out of it since. Confluence's guide to
 * rolling upgrades names its routes a second way, and its pages end the addresses of tasks with a slash.
 */
export const canonicalPath = (url: string): string =>
  url
    .replace(/^\/rest\/(?:api\/latest|experimental)(?=[/?]|$)/, '/rest/api')
    .replace(/^\/rest\/zdu\/cluster\/zdu\/(?=[a-z])/, '/rest/zdu/')
    .replace(/^\/rest\/inlinetasks\/1(?:\.0)?\/(task\/[^/?]+\/[^/?]+)\/?(?=\?|$)/, '/rest/inlinetasks/1/$1');

/** What every request and answer have in common: how bodies are read, who served it, how its JSON names the base URL. */
export function shapeAnswers(adapter: FastifyAdapter, context: GatewayContext, api: Api): void {
  const server = adapter.getInstance() as unknown as FastifyInstance;
  server.decorate('api', api);
  server.addHook('onRequest', (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    reply.header('x-tributary-node', context.config.nodeId);
    // What an answer shows may be gone the next moment: only routes that know better let it be kept.
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    // Clients that come back come back to another gateway.
    if (context.draining) reply.header('connection', 'close');
    done();
  });
  server.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    httpDurations.observe(reply.elapsedTime / 1_000, method, routeOptions.url ?? 'none', String(reply.statusCode));
    done();
  });
  server.addHook(
    'preSerialization',
    (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error: null, payload: unknown) => void) => {
      reply.serializer((value) => withBase(JSON.stringify(value), baseUrlOf(request, context.config.baseUrl)));
      done(null, withBaseLinks(payload));
    },
  );
  compressLists(server);
  readBodies(server);
}

const statusOfParseError: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers bytes that are no HTTP request, and closes: there is no request yet that Fastify could answer. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOfParseError[error.code ?? ''] ?? 400;
  const body = JSON.stringify(errorBody(status, `The request is not valid HTTP: ${STATUS_CODES[status]}`));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
