import { z } from 'zod';
import { Actor } from '../actor.js';
import { User } from '../identity.js';
import { defineRequest } from '../request.js';
import { ContentId } from '../values.js';
import { EditorSession } from './drafts.js';

/** How long after its last word an editor still counts as open. */
export const editingLeaseMillis = 12_000;

/**
 * Says that the actor has a content open in an editor, or has closed it (`leaving`), and answers who else has: other users once each, the actor
 * too where they have it open in another editor. For who may edit it. By the database's clock, so whichever copies are asked, all see the same.
 */
export const markEditing = defineRequest('pages', 'editing.mark', {
  request: z.object({
    actor: Actor,
    contentId: ContentId,
    session: EditorSession,
    leaving: z.boolean().default(false),
  }),
  reply: z.object({
    editors: z.array(User.pick({ userKey: true, username: true, displayName: true })),
    /** The content's newest version, and who wrote it: somebody may have published meanwhile. */
    version: z.number().int(),
    versionBy: z.string(),
  }),
});
