import { z } from 'zod';
import { Actor } from '../actor.js';
import { User } from '../identity.js';
import { defineRequest } from '../request.js';
import { ContentId, ContentType } from '../values.js';

/** How many likers of one content are named; `total` counts all of them. */
export const likersNamedMax = 200;

/** Who likes a content, those first who did so first. */
export const Likes = z.object({
  contentId: ContentId,
  contentType: ContentType,
  total: z.number().int(),
  likers: z.array(User.pick({ userKey: true, username: true, displayName: true })),
});
export type Likes = z.infer<typeof Likes>;

/** The likes of a content that the actor may view; with `ofComments` also those of the comments on it that have any. */
export const listLikes = defineRequest('pages', 'likes.list', {
  request: z.object({ actor: Actor, contentId: ContentId, ofComments: z.boolean().default(false) }),
  reply: z.object({ likes: Likes, ofComments: z.array(Likes) }),
  safe: true,
});

/** Whether the actor likes a content that they may view; what is so already stays so. `forbidden` for strangers. Answers its likes. */
export const setLike = defineRequest('pages', 'likes.set', {
  request: z.object({ actor: Actor, contentId: ContentId, liked: z.boolean() }),
  reply: z.object({ likes: Likes }),
});
