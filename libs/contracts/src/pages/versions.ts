import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, Expand, JsonObject, ListOf, Window } from '../values.js';

/** `GET /content/{id}/history`. */
export const getHistory = defineRequest('pages', 'versions.history', {
  request: z.object({ actor: Actor, id: ContentId, expand: Expand }),
  reply: JsonObject,
  safe: true,
});
/** Versions, newest first. */
export const listVersions = defineRequest('pages', 'versions.list', {
  request: z.object({ actor: Actor, id: ContentId, expand: Expand, ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});
export const getVersion = defineRequest('pages', 'versions.get', {
  request: z.object({ actor: Actor, id: ContentId, version: z.number().int().positive(), expand: Expand }),
  reply: JsonObject,
  safe: true,
});
/** Makes an old version's title and body the newest one. */
export const restoreVersion = defineRequest('pages', 'versions.restore', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    version: z.number().int().positive(),
    message: z.string().max(4_000).default(''),
    restoreTitle: z.boolean().default(false),
    expand: Expand,
  }),
  reply: JsonObject,
});
/** Removes an old version for good; the current one can't be removed: `badRequest`. */
export const deleteVersion = defineRequest('pages', 'versions.delete', {
  request: z.object({ actor: Actor, id: ContentId, version: z.number().int().positive() }),
  reply: Done,
});
