import { z } from 'zod';
import { Actor } from '../actor.js';
import { User } from '../identity.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, Expand, JsonObject, ListOf, Locale, SpaceKey, Window } from '../values.js';

export const WatchTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('content'), id: ContentId }),
  z.object({ kind: z.literal('attachment'), id: ContentId }),
  z.object({ kind: z.literal('space'), key: SpaceKey, contentType: z.enum(['page', 'blogpost']).optional() }),
]);

// `userKey` is whose watch it is; another user's needs an administrator.
export const getWatch = defineRequest('pages', 'watches.get', {
  request: z.object({
    actor: Actor,
    target: WatchTarget,
    userKey: z.string().max(255).optional(),
    username: z.string().max(255).optional(),
  }),
  reply: z.object({ watching: z.boolean() }),
  safe: true,
});
export const setWatch = defineRequest('pages', 'watches.set', {
  request: z.object({
    actor: Actor,
    target: WatchTarget,
    userKey: z.string().max(255).optional(),
    username: z.string().max(255).optional(),
    watching: z.boolean(),
  }),
  reply: Done,
});
export const listWatchers = defineRequest('pages', 'watches.list', {
  request: z.object({ actor: Actor, target: WatchTarget, ...Window }),
  reply: ListOf(z.object({ watcher: User, type: z.string() })),
  safe: true,
});
/** The pages and blog posts that the actor watches and may see, those changed last first; none for anonymous visitors. */
export const listWatchedContent = defineRequest('pages', 'watches.ofContent', {
  request: z.object({ actor: Actor, expand: Expand, locale: Locale.default('en'), ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});
