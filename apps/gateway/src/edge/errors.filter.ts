import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, errorBody } from './error-body.js';

/** Turns every error into the documented body; what isn't the client's mistake is logged, and never shown. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(http.getResponse<FastifyReply>(), http.getRequest<FastifyRequest>(), error, this.logger);
  }
}

/** What a route said of an answer that it didn't get to send. */
const headersOfContent = ['content-disposition', 'content-length', 'content-encoding', 'etag', 'last-modified', 'vary'];

export function sendError(reply: FastifyReply, request: FastifyRequest, error: unknown, logger: Logger): void {
  const { status, message, details } = describeError(error);
  if (status >= 500 && status !== 501) {
    logger.error({ err: error, method: request.method, route: request.routeOptions?.url }, 'a request failed');
  }
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  for (const name of headersOfContent) reply.removeHeader(name);
  if (status === 401) challenge(reply, request);
  if (status === 403 && message.includes('AUTHENTICATION_DENIED'))
    void reply.header('X-Seraph-LoginReason', 'AUTHENTICATION_DENIED');
  if (status === 503) void reply.header('Retry-After', '1');
  void reply
    .status(status)
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(errorBody(status, message, details));
}

/**
 * Asks for a password only whoever showed credentials or wants to be asked: a browser would open its own dialog over the web
 * application otherwise.
 */
function challenge(reply: FastifyReply, request: FastifyRequest): void {
  const showed = request.headers.authorization !== undefined;
  const wantsBasic = showed || (request.query as Record<string, unknown>)['os_authType'] === 'basic';
  void reply.header('WWW-Authenticate', `${wantsBasic ? 'Basic' : 'OAuth'} realm="Tributary"`);
  if (showed) void reply.header('X-Seraph-LoginReason', 'AUTHENTICATED_FAILED');
}
