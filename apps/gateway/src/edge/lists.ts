import { baseUrlMark } from '@tributary/contracts';
import type { FastifyRequest } from 'fastify';

/** Which part of a list was asked for. */
export interface Part {
  readonly start: number;
  readonly limit: number;
}

/** What a service answers of a list. */
export interface Page<T> {
  readonly results: T[];
  readonly hasMore: boolean;
  readonly totalSize?: number | undefined;
}

/** The request's path with other list parameters, relative to the base. */
function linkTo(request: FastifyRequest, changes: Record<string, string>): string {
  const url = new URL(request.url, 'http://any');
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return `${url.pathname}?${url.searchParams.toString()}`;
}

/** The envelope of every list; `next` is there exactly when more is. */
export function listOf<T>(request: FastifyRequest, page: Page<T>, part: Part) {
  const { start, limit } = part;
  const links: Record<string, string> = { self: `${baseUrlMark}${request.url}`, base: baseUrlMark, context: '' };
  if (page.hasMore) links['next'] = linkTo(request, { limit: String(limit), start: String(start + limit) });
  if (start > 0) links['prev'] = linkTo(request, { limit: String(limit), start: String(Math.max(0, start - limit)) });
  return {
    results: page.results,
    start,
    limit,
    size: page.results.length,
    ...(page.totalSize === undefined ? {} : { totalSize: page.totalSize }),
    _links: links,
  };
}

/** A list that pages by cursor. */
export function scanOf<T>(request: FastifyRequest, results: T[], nextCursor: string | null, limit: number) {
  const links: Record<string, string> = { self: `${baseUrlMark}${request.url}`, base: baseUrlMark, context: '' };
  if (nextCursor) links['next'] = linkTo(request, { cursor: nextCursor, limit: String(limit) });
  return { results, cursor: '', nextCursor: nextCursor ?? '', limit, size: results.length, _links: links };
}
