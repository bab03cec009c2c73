import type { FastifyRequest } from 'fastify';
import { localeOf } from '../edge/locale.js';
import { expandOf, positive, statusesOf, type Query } from '../edge/query.js';

/** Which answer of a content is asked for. */
export interface ContentQuestion {
  readonly id: string;
  readonly status: readonly ('current' | 'draft' | 'trashed' | 'historical')[] | undefined;
  readonly version: number | undefined;
  readonly expand: readonly string[];
  readonly locale: 'en' | 'ja';
  /** The same for all questions that have the same answer. */
  readonly key: string;
}

/** Addresses whose questions are remembered: reading an address costs more than a cached answer to it. */
const rememberedMax = 10_000;
/** Longer addresses are rare, and would make the memory's size hard to tell. */
const addressLengthMax = 500;

const remembered = { en: new Map<string, ContentQuestion>(), ja: new Map<string, ContentQuestion>() };

/** What a `GET /content/{id}` asks for; `badRequest` when its parameters can't be read. */
export function contentQuestionOf(request: FastifyRequest, id: string): ContentQuestion {
  const locale = localeOf(request);
  const known = remembered[locale].get(request.url);
  if (known) return known;
  const question = readQuestion(id, request.query as Query, locale);
  if (request.url.length <= addressLengthMax) {
    if (remembered[locale].size >= rememberedMax) remembered[locale].clear();
    remembered[locale].set(request.url, question);
  }
  return question;
}

function readQuestion(id: string, query: Query, locale: 'en' | 'ja'): ContentQuestion {
  const status = statusesOf(query, ['current', 'draft', 'trashed', 'historical']);
  const version = positive(query, 'version');
  const expand = expandOf(query);
  const key = [id, status?.join() ?? '', version ?? '', locale, expand.toSorted().join()].join('|');
  return { id, status, version, expand, locale, key };
}
