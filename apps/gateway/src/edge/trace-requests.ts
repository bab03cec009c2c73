import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { tracer, type OpenSpan } from '@tributary/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** W3C trace context of whoever called us. */
export function traceparentOf(request: FastifyRequest): string | undefined {
  const given = request.headers['traceparent'];
  return typeof given === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(given) ? given : undefined;
}

/** A span for each request, when this process traces: named by the route, without what stands in the address or the body. */
export function traceRequests(adapter: Pick<FastifyAdapter, 'getInstance'>): void {
  const spans = tracer();
  if (!spans) return;
  const server = adapter.getInstance() as unknown as FastifyInstance;
  const spanOf = new WeakMap<FastifyRequest, OpenSpan>();
  server.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    const attributes = { 'http.request.method': method, 'http.route': route };
    const span = spans.start({
      name: `${method} ${route}`,
      kind: 'server',
      traceparent: traceparentOf(request),
      attributes,
    });
    spanOf.set(request, span);
    span.run(done);
  });
  // Reading a body in between loses whose it was.
  server.addHook('preHandler', (request, _reply, done) => {
    const span = spanOf.get(request);
    if (span) span.run(done);
    else done();
  });
  server.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spanOf.get(request);
    span?.set('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.fail(new HttpError());
    span?.end();
    done();
  });
}

class HttpError extends Error {
  override readonly name = 'server error';
}
