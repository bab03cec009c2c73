import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Expand, JsonObject, ListOf, Locale, Window } from '../values.js';

/** The contents that the actor may see and whose current version names a content that they may see, those changed last first. */
export const listIncomingLinks = defineRequest('pages', 'links.incoming', {
  request: z.object({ actor: Actor, id: ContentId, expand: Expand, locale: Locale.default('en'), ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});

/** The page that had a title in a space before it was renamed or moved, where no page there has it now; null where there is none that the actor may see. */
export const findOnceCalled = defineRequest('pages', 'links.onceCalled', {
  request: z.object({
    actor: Actor,
    spaceKey: z.string().max(255),
    title: z.string().max(1_000),
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: z.object({ page: JsonObject.nullable() }),
  safe: true,
});
