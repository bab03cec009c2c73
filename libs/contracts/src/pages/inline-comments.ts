import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done } from '../values.js';

/** Longest text that an inline comment can be about. */
export const selectionLengthMax = 2_000;
/** How much of the text around a selection is looked at. */
export const contextLengthMax = 200;

/**
 * Where in its container's text a comment stands. With a `markerRef` that the text has already, that is the place. Else the selected text
 * is looked for, by what stands around it, then by its index among the places with the same text, and a marker is set there.
 */
export const InlineProperties = z.object({
  originalSelection: z.string().trim().min(1).max(selectionLengthMax),
  markerRef: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'A marker is named by letters, digits and hyphens')
    .optional(),
  before: z.string().max(contextLengthMax).optional(),
  after: z.string().max(contextLengthMax).optional(),
  matchIndex: z.number().int().min(0).max(100_000).optional(),
});
export type InlineProperties = z.infer<typeof InlineProperties>;

/** Resolves the thread of an inline comment, or opens it again; for who may comment. A comment that isn't inline is `badRequest`. */
export const resolveInlineComment = defineRequest('pages', 'inlineComments.resolve', {
  request: z.object({ actor: Actor, id: ContentId, resolved: z.boolean() }),
  reply: Done,
});
