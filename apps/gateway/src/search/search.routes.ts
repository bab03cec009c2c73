import { Controller, Get, Query } from '@nestjs/common';
import { badRequest, search } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { boolean, expandOf, one, windowOf, type Query as Parameters } from '../edge/query.js';
import { contextOf } from './cql-context.js';

@Controller('rest/api/search')
export class SearchRoutes {
  @Get()
  async search(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const cql = one(query, 'cql');
    if (!cql) throw badRequest('The parameter cql is needed');
    const startedAt = performance.now();
    const page = await call.ask(search.query, {
      cql,
      context: contextOf(query),
      as: 'results',
      excerpt: one(query, 'excerpt') as 'none' | undefined,
      includeArchivedSpaces: boolean(query, 'includeArchivedSpaces'),
      expand: expandOf(query),
      ...part,
    });
    return { ...call.list(page, part), cqlQuery: cql, searchDuration: Math.round(performance.now() - startedAt) };
  }
}
