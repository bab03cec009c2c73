import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { bodyLengthMax, ContentId, Done, ListOf, noControlCharacters, titleLengthMax, Window } from '../values.js';

/** One editor on somebody's screen: names itself once, when it opens. */
export const EditorSession = z.string().regex(/^[\w-]{8,64}$/, 'A session has 8 to 64 letters and digits');

/** A title as it is while somebody still writes it: may be empty. */
const UnfinishedTitle = z
  .string()
  .max(titleLengthMax)
  .refine((title) => noControlCharacters(title) && !/[\r\n\t]/.test(title), 'A title holds no control characters');

/** What an author has written of a content and not published yet. */
export const Draft = z.object({
  contentId: ContentId,
  title: z.string(),
  body: z.string(),
  /** The version that it was made from. */
  version: z.number().int(),
  /** Counts how often it was saved; who saves names the one that they have seen. */
  revision: z.number().int(),
  savedAt: z.string(),
});
export type Draft = z.infer<typeof Draft>;

/** The actor's own draft of a content that they may view: null where there is none. A content that they may not view is `notFound`. */
export const getDraft = defineRequest('pages', 'drafts.get', {
  request: z.object({ actor: Actor, contentId: ContentId }),
  reply: z.object({ draft: Draft.nullable() }),
  safe: true,
});

/**
 * Keeps the actor's draft of a content that they may edit. `revision` is the one that the editor knows, 0 for none: when another
 * editor of the same author has saved since, `conflict`, and nothing is written. A session may repeat what it has saved.
 */
export const saveDraft = defineRequest('pages', 'drafts.save', {
  request: z.object({
    actor: Actor,
    contentId: ContentId,
    session: EditorSession,
    title: UnfinishedTitle,
    body: z.string().max(bodyLengthMax),
    version: z.number().int().min(1),
    revision: z.number().int().min(0),
  }),
  reply: z.object({ revision: z.number().int(), savedAt: z.string() }),
});

/**
 * Changes the body of the actor's draft: `body` stands in the place of all but the first `start` and the last `end` UTF-16 code units of what
 * was saved at `revision`. `conflict` when the draft has another revision, or was saved last by another session: then the whole is to be saved.
 */
export const changeDraft = defineRequest('pages', 'drafts.change', {
  request: z.object({
    actor: Actor,
    contentId: ContentId,
    session: EditorSession,
    title: UnfinishedTitle,
    start: z.number().int().min(0),
    end: z.number().int().min(0),
    body: z.string().max(bodyLengthMax),
    version: z.number().int().min(1),
    revision: z.number().int().min(1),
  }),
  reply: z.object({ revision: z.number().int(), savedAt: z.string() }),
});

/** Removes the actor's own draft of a content, if there is one. */
export const discardDraft = defineRequest('pages', 'drafts.discard', {
  request: z.object({ actor: Actor, contentId: ContentId }),
  reply: Done,
});

export const ListedDraft = z.object({
  contentId: ContentId,
  title: z.string(),
  /** `draft` is a content that was never published, `current` one that has unpublished changes. */
  status: z.enum(['current', 'draft', 'trashed']),
  spaceKey: z.string(),
  spaceName: z.string(),
  savedAt: z.string(),
});
export type ListedDraft = z.infer<typeof ListedDraft>;

/** The actor's drafts, of new contents and of published ones, the latest first. */
export const listDrafts = defineRequest('pages', 'drafts.list', {
  request: z.object({ actor: Actor, ...Window }),
  reply: ListOf(ListedDraft),
  safe: true,
});
