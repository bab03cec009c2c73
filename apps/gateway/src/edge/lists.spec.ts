import { describe, expect, it } from '@jest/globals';
import { baseUrlMark } from '@tributary/contracts';
import type { FastifyRequest } from 'fastify';
import { listOf } from './lists.js';

const asking = (url: string) => ({ url }) as unknown as FastifyRequest;

describe('listOf', () => {
  it('has next exactly when more is there, with the other parameters kept', () => {
    const list = listOf(
      asking('/rest/api/content?spaceKey=DOC&expand=a%2Cb&limit=2'),
      { results: [1, 2], hasMore: true },
      { start: 0, limit: 2 },
    );
    expect(list).toMatchObject({ start: 0, limit: 2, size: 2 });
    const next = new URL(list._links['next'] ?? '', 'http://any');
    expect(next.pathname).toBe('/rest/api/content');
    expect(Object.fromEntries(next.searchParams)).toEqual({ spaceKey: 'DOC', expand: 'a,b', limit: '2', start: '2' });
    expect(list._links).not.toHaveProperty('prev');
  });

  it('has prev after the first part and no next on the last', () => {
    const list = listOf(asking('/rest/api/space?start=3'), { results: [], hasMore: false }, { start: 3, limit: 25 });
    expect(list._links).not.toHaveProperty('next');
    expect(list._links['prev']).toContain('start=0');
  });

  it('names itself and its base', () => {
    const { _links } = listOf(asking('/rest/api/group'), { results: [], hasMore: false }, { start: 0, limit: 25 });
    expect(_links).toMatchObject({ self: `${baseUrlMark}/rest/api/group`, base: baseUrlMark, context: '' });
  });
});
