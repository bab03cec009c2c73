import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, Expand, JsonObject, ListOf, Locale, Window } from '../values.js';

const Below = z.object({
  actor: Actor,
  id: ContentId,
  type: z.enum(['page', 'comment']),
  expand: Expand,
  locale: Locale.default('en'),
  ...Window,
});

/**
 * Direct children that the actor may see, in their order: of a comment its answers. `depth` and `location` are for comments:
 * answers to comments as well, and only those at one of these places.
 */
export const listChildren = defineRequest('pages', 'hierarchy.children', {
  request: Below.extend({
    depth: z.enum(['root', 'all']).default('root'),
    location: z.array(z.enum(['footer', 'inline', 'resolved'])).optional(),
  }),
  reply: ListOf(JsonObject),
  safe: true,
});
/** All below, nearest first. */
export const listDescendants = defineRequest('pages', 'hierarchy.descendants', {
  request: Below,
  reply: ListOf(JsonObject),
  safe: true,
});
/** Moves a page below, before or after another one of the same or another space. A cycle is `badRequest`. */
export const movePage = defineRequest('pages', 'hierarchy.move', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    position: z.enum(['append', 'above', 'below']),
    targetId: ContentId,
  }),
  reply: Done,
});
/** Moves a page to the top of its space, beside the home page. */
export const movePageToTop = defineRequest('pages', 'hierarchy.moveToTop', {
  request: z.object({ actor: Actor, id: ContentId, spaceKey: z.string().max(255).optional() }),
  reply: Done,
});
