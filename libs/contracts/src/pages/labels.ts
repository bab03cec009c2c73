import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, ListOf, noControlCharacters, Window } from '../values.js';

/** What a label may not hold beside control characters, its store says. */
export const LabelName = z.string().max(255).refine(noControlCharacters, 'A label holds no control characters');
export const Label = z.object({ prefix: z.string(), name: z.string(), id: z.string(), label: z.string() });
export type Label = z.infer<typeof Label>;

export const listLabels = defineRequest('pages', 'labels.list', {
  request: z.object({ actor: Actor, id: ContentId, prefix: z.string().max(255).optional(), ...Window }),
  reply: ListOf(Label),
  safe: true,
});
/** Adds labels; names are lower-cased, and one with a forbidden character is `badRequest`. Answers all labels. */
export const addLabels = defineRequest('pages', 'labels.add', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    labels: z.array(z.object({ prefix: z.string().max(255).default('global'), name: LabelName })).max(200),
  }),
  reply: ListOf(Label),
});
export const removeLabel = defineRequest('pages', 'labels.remove', {
  request: z.object({ actor: Actor, id: ContentId, name: z.string().max(520) }),
  reply: Done,
});
