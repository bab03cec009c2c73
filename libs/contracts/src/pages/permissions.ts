import { z } from 'zod';
import { Actor } from '../actor.js';
import { Subject } from '../identity.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, JsonObject, ListOf, SpaceKey, Window } from '../values.js';

/** What space permissions speak of, as Confluence's `{targetType, operationKey}`. */
export const SpaceOperation = z.object({
  targetType: z.enum(['space', 'page', 'blogpost', 'comment', 'attachment']),
  operationKey: z.enum([
    'read',
    'create',
    'delete',
    'delete_own',
    'delete_mail',
    'export',
    'archive',
    'restrict',
    'administer',
  ]),
});
export type SpaceOperation = z.infer<typeof SpaceOperation>;

export const RestrictionOperation = z.enum(['read', 'update']);
const NamedUser = z.object({ userKey: z.string().max(255).optional(), username: z.string().max(255).optional() });

/** The restrictions that stand on one content itself, in Confluence's byOperation shape: one object an operation. */
export const getRestrictions = defineRequest('pages', 'restrictions.get', {
  request: z.object({ actor: Actor, id: ContentId }),
  reply: z.object({ read: JsonObject, update: JsonObject }),
  safe: true,
});
/**
 * Replaces the users and the groups of the operations named; those that aren't given stay as they are. Who may not edit the
 * content: `forbidden`; who would lock themselves out, or names somebody unknown: `badRequest`.
 */
export const setRestrictions = defineRequest('pages', 'restrictions.set', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    operations: z
      .array(
        z.object({
          operation: RestrictionOperation,
          users: z.array(NamedUser).max(500).optional(),
          groups: z.array(z.string().max(255)).max(500).optional(),
        }),
      )
      .max(2),
  }),
  reply: z.object({ read: JsonObject, update: JsonObject }),
});
/** The view restrictions that act on a content, its own and those it inherits, nearest first. */
export const relevantViewRestrictions = defineRequest('pages', 'restrictions.relevant', {
  request: z.object({ actor: Actor, id: ContentId, ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});

const Grant = z.object({ subject: Subject, operations: z.array(SpaceOperation) });
/** All grants of a space, for its administrators; one subject's with `subject`. */
export const listSpacePermissions = defineRequest('pages', 'permissions.list', {
  request: z.object({ actor: Actor, spaceKey: SpaceKey, subject: Subject.optional() }),
  reply: z.object({ grants: z.array(Grant) }),
  safe: true,
});
export const changeSpacePermissions = defineRequest('pages', 'permissions.change', {
  request: z.object({
    actor: Actor,
    spaceKey: SpaceKey,
    changes: z
      .array(z.object({ subject: Subject, operations: z.array(SpaceOperation).min(1).max(50), granted: z.boolean() }))
      .min(1)
      .max(500),
  }),
  reply: Done,
});
