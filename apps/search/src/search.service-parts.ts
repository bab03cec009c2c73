import { Module } from '@nestjs/common';
import { MessagingClient } from '@tributary/messaging';
import type { ServiceParts } from '@tributary/service';
import { indexConsistency } from './index/consistency.job.js';
import { SearchIndex1732400300001 } from './index/index.migration.js';
import { Indexer } from './index/indexer.js';
import { PostgresIndex } from './index/postgres-index.js';
import { QueryController } from './query/query.controller.js';

@Module({ controllers: [QueryController], providers: [PostgresIndex] })
class SearchModule {}

/** What the search service is made of. */
export const searchService: ServiceParts = {
  name: 'search',
  publishesEvents: false,
  database: { schema: 'search', entities: [], migrations: [SearchIndex1732400300001] },
  modules: [SearchModule],
  jobs: [indexConsistency],
  afterStart: (context) =>
    Promise.resolve(new Indexer(context, context.get(PostgresIndex), context.get(MessagingClient)).start()),
};
