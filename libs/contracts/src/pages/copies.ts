import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Expand, JsonObject, Locale, SpaceKey, Title, titleLengthMax } from '../values.js';

/** What goes with a copy. */
const along = {
  labels: z.boolean().default(false),
  /** The restrictions that stand on the page itself; those above it hold where the copy is put. */
  restrictions: z.boolean().default(false),
  properties: z.boolean().default(false),
  /** In their latest versions. Left behind they stay with the original, where the copy's text shows them from. */
  attachments: z.boolean().default(false),
};

/**
 * Copies a page that the actor may view to where they may create one; what is below it stays behind. Title taken: `badRequest`.
 */
export const copyPage = defineRequest('pages', 'copies.copyPage', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    title: Title.optional(),
    destination: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('page'), id: ContentId }),
      z.object({ kind: z.literal('space'), key: SpaceKey }),
    ]),
    ...along,
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: JsonObject,
});

/** What becomes of the titles, which are unique in a space: every `search` in them becomes `replace`, then `prefix` is put before them. */
const TitleOptions = z.object({
  prefix: z.string().max(titleLengthMax).default(''),
  search: z.string().max(titleLengthMax).default(''),
  replace: z.string().max(titleLengthMax).default(''),
});
export type TitleOptions = z.infer<typeof TitleOptions>;

/**
 * Starts the long task that copies a page with all pages below it that the actor may view, to below another page; the task's id is for
 * `GET /longtask/{id}`. A title that is taken there, or that two of the copies would have: `badRequest`.
 */
export const copyHierarchy = defineRequest('pages', 'copies.copyHierarchy', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    parentId: ContentId,
    descendants: z.boolean().default(true),
    titles: TitleOptions,
    ...along,
  }),
  reply: z.object({ taskId: z.string() }),
});
