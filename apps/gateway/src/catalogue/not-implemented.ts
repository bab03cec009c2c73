import { ServiceError } from '@tributary/contracts';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { attachmentIdOf } from '../attachments/attachment-id.js';
import { catalogue, neighbours, operationOf, type Operation } from './catalogue.js';

/** Notes each route that is registered from now on, so that what is missing of the catalogue can be found. */
export function recordRoutes(adapter: Pick<FastifyAdapter, 'getInstance'>): readonly Operation[] {
  const routes: Operation[] = [];
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of Array.isArray(method) ? method : [method]) routes.push({ method: each, url });
  });
  return routes;
}

const isParameter = (segment: string | undefined): boolean => segment?.startsWith(':') ?? false;

/** Whether the route serves the operation: its parameters take whatever stands in their place. */
function serves(route: Operation, operation: Operation): boolean {
  const have = route.url.split('/');
  const wanted = operation.url.split('/');
  const fits = (segment: string, index: number) => isParameter(have[index]) || segment === have[index];
  return route.method === operation.method && have.length === wanted.length && wanted.every(fits);
}

/** The operations of the catalogue that no route serves. */
export function missingOperations(routes: readonly Operation[]): Operation[] {
  const operations = [...catalogue, ...neighbours].map(operationOf);
  return operations.filter((operation) => !routes.some((route) => serves(route, operation)));
}

/** What attachments do under their own id, beside all below their container. */
const attachmentOperations = new Set([
  'GET /rest/api/content/:id',
  'HEAD /rest/api/content/:id',
  'DELETE /rest/api/content/:id',
]);

/** Attachments are contents to clients: labels, properties and versions of one answer 501 until they have them, never "no such id". */
export function refuseAttachmentsAsContents(adapter: Pick<FastifyAdapter, 'getInstance'>): void {
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const refusal = ({ method, params, routeOptions }: FastifyRequest): ServiceError | undefined => {
    const { id } = params as { id?: string };
    const url = routeOptions.url ?? '';
    if (id === undefined || attachmentIdOf(id) === undefined || !url.startsWith('/rest/api/content/:id'))
      return undefined;
    if (attachmentOperations.has(`${method} ${url}`)) return undefined;
    return new ServiceError('notImplemented', `${method} ${url} isn't there for attachments yet`);
  };
  fastify.addHook('preValidation', (request, _reply, done) => done(refusal(request)));
}

/** Answers 501 to whatever the catalogue promises and nobody serves yet: never 404, which a client takes for "no such thing". */
export function registerMissing(adapter: Pick<FastifyAdapter, 'getInstance'>, routes: readonly Operation[]): void {
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  for (const { method, url } of missingOperations(routes)) {
    fastify.route({
      method: method as 'GET',
      url,
      exposeHeadRoute: false,
      handler: async () => {
        throw new ServiceError('notImplemented', `${method} ${url} isn't there yet`);
      },
    });
  }
}
