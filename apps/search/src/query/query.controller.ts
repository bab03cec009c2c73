import { Controller } from '@nestjs/common';
import { badRequest, identity, pages, search, ServiceError, type Actor, type RequestOf } from '@tributary/contracts';
import {
  checkCql,
  CqlError,
  CqlNotSupportedError,
  parseCql,
  type CheckedClause,
  type CheckedQuery,
} from '@tributary/cql';
import { Handle, MessagingClient } from '@tributary/messaging';
import { ServiceContext } from '@tributary/service';
import { PostgresIndex } from '../index/postgres-index.js';
import type { Hit } from '../index/search-index.js';
import { soughtIn } from './excerpt.js';
import { presentResult } from './result-presenter.js';

type Query = RequestOf<typeof search.query>;

/** Hits that are checked for permission at once. */
const batchMax = 200;
/** Hits that one query looks through; a list that isn't finished then names no total. */
const hitsMax = 5_000;

/** Answers CQL with what the actor may see: every hit is shown, counted and paged over only after its owner allowed it. */
@Controller()
export class QueryController {
  constructor(
    private readonly index: PostgresIndex,
    private readonly messaging: MessagingClient,
    private readonly context: ServiceContext,
  ) {}

  @Handle(search.query)
  async query(request: Query) {
    const query = await this.compile(request);
    const { start, limit } = request;
    const { visible, isComplete } = await this.visibleHits(request, query, start + limit + 1);
    const page = visible.slice(start, start + limit);
    return {
      results: await this.present(request, query, page),
      hasMore: visible.length > start + limit,
      ...(isComplete ? { totalSize: visible.length } : {}),
    };
  }

  private async compile({ cql, actor, context }: Query): Promise<CheckedQuery> {
    try {
      const asked = {
        currentUserKey: actor.userKey,
        currentContentId: context.contentId,
        currentSpaceKey: context.spaceKey,
        now: new Date(),
        timeZone: this.context.config.timeZone,
      };
      const query = checkCql(parseCql(cql), asked);
      return { ...query, where: query.where && (await this.resolveUsers(query.where)) };
    } catch (error) {
      if (error instanceof CqlNotSupportedError) throw new ServiceError('notImplemented', error.message);
      throw error instanceof CqlError ? badRequest(error.message) : error;
    }
  }

  /** People are named by username or by key; the index knows keys. */
  private async resolveUsers(clause: CheckedClause): Promise<CheckedClause> {
    if (clause.kind === 'and' || clause.kind === 'or') {
      return { kind: clause.kind, clauses: await Promise.all(clause.clauses.map((each) => this.resolveUsers(each))) };
    }
    if (clause.kind === 'not') return { kind: 'not', clause: await this.resolveUsers(clause.clause) };
    if (clause.kind !== 'keyword' || (clause.field !== 'creator' && clause.field !== 'contributor')) return clause;
    const { users } = await this.messaging.request(identity.findUsers, { usernames: clause.values.slice(0, 500) });
    return { ...clause, values: [...clause.values, ...users.map((user) => user.userKey)] };
  }

  /** Looks through the hits in order until enough are visible; goes on a little to be able to name the total. */
  private async visibleHits(
    request: Query,
    query: CheckedQuery,
    enough: number,
  ): Promise<{ visible: Hit[]; isComplete: boolean }> {
    const visible: Hit[] = [];
    for (let start = 0; start < hitsMax; start += batchMax) {
      const includeArchivedSpaces = request.includeArchivedSpaces || request.as === 'contents';
      const hits = await this.index.find({ query, includeArchivedSpaces, start, limit: batchMax });
      visible.push(...(await this.allowed(request.actor, hits)));
      if (hits.length < batchMax) return { visible, isComplete: true };
      if (visible.length >= enough && start + batchMax >= 1_000) break;
    }
    return { visible, isComplete: false };
  }

  private async allowed(actor: Actor, hits: readonly Hit[]): Promise<Hit[]> {
    if (hits.length === 0) return [];
    const { allowed } = await this.messaging.request(pages.allowedContents, {
      actor,
      ids: hits.map((hit) => hit.id),
      operation: 'read',
    });
    const ids = new Set(allowed.map((content) => content.id));
    return hits.filter((hit) => ids.has(hit.id));
  }

  private async present(request: Query, query: CheckedQuery, hits: readonly Hit[]): Promise<Record<string, unknown>[]> {
    const ids = hits.map((hit) => hit.id);
    if (ids.length === 0) return [];
    // Results expand what is inside the content by `content.…`.
    const expand =
      request.as === 'contents'
        ? request.expand
        : request.expand.flatMap((path) => (path.startsWith('content.') ? [path.slice(8)] : []));
    // The texts first: the owner then answers of these contents only what the actor may view still (R10).
    const snippets = request.as === 'results' ? await this.index.snippets(ids) : undefined;
    const { results } = await this.messaging.request(pages.presentContents, { actor: request.actor, ids, expand });
    if (!snippets) return results;
    const found = { sought: soughtIn(query), excerpt: request.excerpt };
    return results.flatMap((content) => {
      const snippet = snippets.get(String(content['id']));
      const score = hits.find((hit) => hit.id === content['id'])?.score ?? 0;
      return snippet ? [presentResult(content, snippet, found, score)] : [];
    });
  }
}
