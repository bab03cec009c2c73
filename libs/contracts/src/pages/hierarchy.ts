import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, Expand, JsonObject, ListOf, Window } from '../values.js';
import { Locale } from './content.js';

const Below = z.object({
  actor: Actor,
  id: ContentId,
  type: z.enum(['page', 'comment']),
  expand: Expand,
  locale: Locale.default('en'),
  ...Window,
});

/** Direct children that the actor may see, in their order. */
export const listChildren = defineRequest('pages', 'hierarchy.children', {
  request: Below.extend({ depth: z.enum(['root', 'all']).default('root') }),
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
