import { z } from 'zod';
import { Actor } from './actor.js';
import { defineRequest } from './request.js';
import { Expand, JsonObject, ListOf, Window } from './values.js';

/** Longest CQL that is looked at, in characters. */
export const cqlLengthMax = 20_000;

/**
 * Runs CQL and returns what the actor may view, and nothing about the rest: `totalSize` and paging count visible hits only.
 * `as: contents` answers contents (`GET /content/search`), `as: results` search results with excerpts (`GET /search`).
 * Wrong CQL is `badRequest` that names the token and its position.
 */
export const query = defineRequest('search', 'query', {
  request: z.object({
    actor: Actor,
    cql: z.string().min(1).max(cqlLengthMax),
    context: z
      .object({
        spaceKey: z.string().optional(),
        contentId: z.string().optional(),
        contentStatuses: z.array(z.string()).optional(),
      })
      .default({}),
    as: z.enum(['contents', 'results']),
    excerpt: z.enum(['highlight', 'indexed', 'none']).default('highlight'),
    includeArchivedSpaces: z.boolean().default(false),
    expand: Expand,
    ...Window,
  }),
  reply: ListOf(JsonObject),
  safe: true,
});

/** What the index keeps of one content. Whether someone may view it is never in the index: the owner is asked. */
export const IndexDocument = z.object({
  id: z.string(),
  type: z.enum(['page', 'blogpost', 'comment', 'attachment']),
  status: z.enum(['current', 'archived']),
  title: z.string(),
  spaceKey: z.string(),
  spaceName: z.string(),
  spaceType: z.enum(['global', 'personal']),
  parentId: z.string().nullable(),
  ancestorIds: z.array(z.string()),
  containerId: z.string().nullable(),
  labels: z.array(z.string()),
  macros: z.array(z.string()),
  creatorKey: z.string().nullable(),
  contributorKeys: z.array(z.string()),
  createdAt: z.string(),
  lastModified: z.string(),
  version: z.number().int(),
  text: z.string(),
  properties: z.array(z.object({ key: z.string(), value: z.json() })),
  webui: z.string(),
});
export type IndexDocument = z.infer<typeof IndexDocument>;
