import { describe, expect, it } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { catalogue, neighbours, operationOf } from './catalogue.js';
import { missingOperations, recordRoutes, registerMissing } from './not-implemented.js';

/** A path with something in the place of each parameter. */
const filled = (url: string): string => url.replaceAll(/:\w+/g, '1');

async function withMissing(register: (instance: FastifyInstance) => void): Promise<FastifyInstance> {
  const adapter = new FastifyAdapter();
  const instance = adapter.getInstance() as unknown as FastifyInstance;
  const routes = recordRoutes(adapter);
  register(instance);
  registerMissing(adapter, routes);
  await instance.ready();
  return instance;
}

describe('the catalogue', () => {
  it('names 162 operations, each once', () => {
    expect(new Set(catalogue).size).toBe(162);
    expect(catalogue.length).toBe(162);
  });

  it('answers 501 to every line that no route serves', async () => {
    const instance = await withMissing(() => undefined);
    for (const line of [...catalogue, ...neighbours]) {
      const { method, url } = operationOf(line);
      expect([line, (await instance.inject({ method: method as 'GET', url: filled(url) })).statusCode]).toEqual([
        line,
        501,
      ]);
    }
  });

  it('leaves routes that are there alone, whatever they call their parameters', async () => {
    const instance = await withMissing((routes) => {
      routes.get('/rest/api/content/:contentId', async () => ({ here: true }));
      routes.get('/rest/api/content/:id/child/:type', async () => ({ here: true }));
    });
    for (const url of ['/rest/api/content/1', '/rest/api/content/1/child/comment', '/rest/api/content/1/child/page']) {
      expect((await instance.inject({ method: 'GET', url })).json()).toEqual({ here: true });
    }
  });

  it('finds what is missing by method and path', () => {
    const missing = missingOperations([{ method: 'GET', url: '/rest/api/content/:contentId' }]);
    expect(missing).toContainEqual({ method: 'DELETE', url: '/rest/api/content/:id' });
    expect(missing).not.toContainEqual({ method: 'GET', url: '/rest/api/content/:id' });
  });
});
