import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, ContentType } from '../values.js';

/** What is told of changed contents while they change, to readers who have them open; see `contentChanged`. */

const idsMax = 500;
const Ids = z.array(ContentId).max(idsMax);

/**
 * In which spaces contents are, and what they hang on. For a gateway that wants to know whom a change may concern: it asks for no
 * actor, and the answer is for nobody's eyes.
 */
export const locateContents = defineRequest('pages', 'changes.locate', {
  request: z.object({ ids: Ids }),
  reply: z.object({
    located: z.array(z.object({ id: z.string(), spaceKey: z.string(), containerId: z.string().nullable() })),
  }),
  safe: true,
});

/** One content that changed, as somebody sees it who may. */
export const SeenChange = z.object({
  id: z.string(),
  type: ContentType,
  status: z.enum(['current', 'trashed']),
  spaceKey: z.string(),
  /** What a comment is on. */
  containerId: z.string().nullable(),
  version: z.number().int(),
});
export type SeenChange = z.infer<typeof SeenChange>;

/** Those of the contents that the actor may view now; drafts are told to nobody. */
export const seeChanges = defineRequest('pages', 'changes.see', {
  request: z.object({ actor: Actor, ids: Ids }),
  reply: z.object({ changes: z.array(SeenChange) }),
  safe: true,
});
