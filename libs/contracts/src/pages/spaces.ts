import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { Done, Expand, JsonObject, ListOf, Locale, noControlCharacters, SpaceKey, Window } from '../values.js';

const SpaceName = z.string().trim().min(1).max(255).refine(noControlCharacters, 'A name holds no control characters');
const Description = z.string().max(64 * 1024);

/**
 * Creates a space with its home page, whose title is in the language of `locale`; its creator gets all rights. `private`: nobody else
 * gets any. Key taken: `badRequest`.
 */
export const createSpace = defineRequest('pages', 'spaces.create', {
  request: z.object({
    actor: Actor,
    key: SpaceKey,
    name: SpaceName,
    type: z.enum(['global', 'personal']).default('global'),
    description: Description.default(''),
    private: z.boolean().default(false),
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: JsonObject,
});
export const getSpace = defineRequest('pages', 'spaces.get', {
  request: z.object({ actor: Actor, key: z.string().max(255), expand: Expand, locale: Locale.default('en') }),
  reply: JsonObject,
  safe: true,
});
export const listSpaces = defineRequest('pages', 'spaces.list', {
  request: z.object({
    actor: Actor,
    keys: z.array(z.string().max(255)).max(500).optional(),
    ids: z
      .array(z.string().regex(/^\d{1,18}$/))
      .max(500)
      .optional(),
    type: z.enum(['global', 'personal']).optional(),
    status: z.enum(['current', 'archived']).optional(),
    /** Only those that the actor watches. */
    watched: z.boolean().optional(),
    expand: Expand,
    ...Window,
  }),
  reply: ListOf(JsonObject),
  safe: true,
});
export const updateSpace = defineRequest('pages', 'spaces.update', {
  request: z.object({
    actor: Actor,
    key: SpaceKey,
    name: SpaceName.optional(),
    description: Description.optional(),
    homepageId: z.string().optional(),
    status: z.enum(['current', 'archived']).optional(),
    expand: Expand,
  }),
  reply: JsonObject,
});
/** Starts the long task that removes a space and all in it; the task's id is for `GET /longtask/{id}`. */
export const deleteSpace = defineRequest('pages', 'spaces.delete', {
  request: z.object({ actor: Actor, key: SpaceKey }),
  reply: z.object({ taskId: z.string() }),
});
/** The contents of a space by type, all or only those at the top. */
export const listSpaceContent = defineRequest('pages', 'spaces.content', {
  request: z.object({
    actor: Actor,
    key: z.string().max(255),
    type: z.enum(['page', 'blogpost']),
    depth: z.enum(['all', 'root']).default('all'),
    expand: Expand,
    locale: Locale.default('en'),
    ...Window,
  }),
  reply: ListOf(JsonObject),
  safe: true,
});
/** What lies in a space's trash, for its administrators. */
export const listTrash = defineRequest('pages', 'spaces.trash', {
  request: z.object({ actor: Actor, key: SpaceKey, expand: Expand, ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});
export const emptyTrash = defineRequest('pages', 'spaces.emptyTrash', {
  request: z.object({ actor: Actor, key: SpaceKey }),
  reply: Done,
});
