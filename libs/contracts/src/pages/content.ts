import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineEvent, defineRequest } from '../request.js';
import { IndexDocument } from '../search.js';
import { InlineProperties } from './inline-comments.js';
import { LabelName } from './labels.js';
import {
  bodyLengthMax,
  ContentId,
  ContentStatus,
  ContentType,
  Done,
  Expand,
  JsonObject,
  ListOf,
  Locale,
  noControlCharacters,
  SpaceKey,
  Title,
  Window,
} from '../values.js';

export const BodyRepresentation = z.enum([
  'storage',
  'editor',
  'view',
  'wiki',
  'export_view',
  'styled_view',
  'anonymous_export_view',
]);
export const Body = z.object({
  representation: BodyRepresentation,
  value: z.string().max(bodyLengthMax),
});

const StatusFilter = z.array(ContentStatus).default(['current']);
const VersionMessage = z.string().max(4_000).refine(noControlCharacters);

/**
 * One content as `GET /content/{id}` answers it. Cacheable (Answer): the value is the same for every reader who may see it,
 * and `decisionDependsOn` are the tags of this actor's permission. The owner loads the content first and decides then
 * (rule R10). `notFound` when it isn't there or may not be seen.
 */
export const getContent = defineRequest('pages', 'content.get', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    status: StatusFilter,
    version: z.number().int().positive().optional(),
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: JsonObject,
  safe: true,
});
/** Whether the actor may see a content whose answer the gateway already has. Cacheable (Answer). */
export const mayView = defineRequest('pages', 'content.mayView', {
  request: z.object({ actor: Actor, id: ContentId }),
  reply: z.object({ allowed: z.boolean() }),
  safe: true,
});

/** Contents by space, title, ids; newest id last. Only what the actor may see. */
export const findContent = defineRequest('pages', 'content.find', {
  request: z.object({
    actor: Actor,
    spaceKey: z.string().max(255).optional(),
    title: z.string().max(1_000).optional(),
    type: ContentType.optional(),
    status: StatusFilter,
    postingDay: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
    ids: z.array(ContentId).max(200).optional(),
    expand: Expand,
    locale: Locale.default('en'),
    ...Window,
  }),
  reply: ListOf(JsonObject),
  safe: true,
});
/** As find, by position instead of by number: `cursor` is the id after which to go on. */
export const scanContent = defineRequest('pages', 'content.scan', {
  request: z.object({
    actor: Actor,
    spaceKey: z.string().max(255).optional(),
    type: ContentType.optional(),
    status: StatusFilter,
    cursor: ContentId.optional(),
    expand: Expand,
    limit: Window.limit,
  }),
  reply: z.object({ results: z.array(JsonObject), nextCursor: z.string().nullable() }),
  safe: true,
});

const Properties = z.record(z.string().min(1).max(255), z.object({ value: z.json() }));
const InitialLabels = z.array(z.object({ prefix: z.string().optional(), name: LabelName })).max(200);

/**
 * Creates a page, blog post or comment. Title taken: `badRequest`. Broken storage: `badRequest` with line and column. The same actor's next request
 * with the same `idempotencyKey` within a day creates nothing: it answers what the first one made, as it is now.
 */
export const createContent = defineRequest('pages', 'content.create', {
  request: z.object({
    actor: Actor,
    id: ContentId.optional(),
    idempotencyKey: z.string().min(1).max(255).optional(),
    type: z.enum(['page', 'blogpost', 'comment']),
    title: Title.optional(),
    status: z.enum(['current', 'draft']).default('current'),
    spaceKey: SpaceKey.optional(),
    parentId: ContentId.optional(),
    containerId: ContentId.optional(),
    /** Where in its container's text a comment begins a thread. */
    inline: InlineProperties.optional(),
    body: Body.optional(),
    message: VersionMessage.optional(),
    minorEdit: z.boolean().default(false),
    labels: InitialLabels.optional(),
    properties: Properties.optional(),
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: JsonObject,
});

/**
 * Changes title, body, parent, status. `version` must be the current one + 1: else `conflict` with
 * `Version must be incremented on update. Current version is: N`. `parentId` null moves to the top of the space. A draft keeps its version
 * while it is written: whoever knows it by when it was saved last says so by `followsDraft`, and `conflict` is that it was saved since.
 */
export const updateContent = defineRequest('pages', 'content.update', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    type: ContentType.optional(),
    version: z.number().int(),
    followsDraft: z.iso.datetime({ offset: true }).optional(),
    title: Title.optional(),
    body: Body.optional(),
    status: z.enum(['current', 'draft', 'trashed']).optional(),
    spaceKey: z.string().max(255).optional(),
    parentId: ContentId.nullable().optional(),
    message: VersionMessage.optional(),
    minorEdit: z.boolean().default(false),
    labels: InitialLabels.optional(),
    properties: Properties.optional(),
    expand: Expand,
    locale: Locale.default('en'),
  }),
  reply: JsonObject,
});

/** To the trash; `status: trashed` purges what is in the trash; `draft` removes a draft. */
export const deleteContent = defineRequest('pages', 'content.delete', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    status: z.enum(['current', 'trashed', 'draft']).default('current'),
  }),
  reply: Done,
});

/** Turns a body into another representation; invalid XML is `badRequest` with line and column. */
export const convertBody = defineRequest('pages', 'content.convert', {
  request: z.object({
    actor: Actor,
    to: BodyRepresentation,
    body: Body,
    spaceKeyContext: z.string().max(255).optional(),
    contentIdContext: ContentId.optional(),
    locale: Locale.default('en'),
  }),
  reply: z.object({ value: z.string(), representation: BodyRepresentation }),
  safe: true,
});

/** The storage of one macro in one version. */
export const getMacroBody = defineRequest('pages', 'content.macroBody', {
  request: z.object({
    actor: Actor,
    id: ContentId,
    version: z.number().int().min(0),
    by: z.enum(['id', 'hash']),
    key: z.string().max(255),
  }),
  reply: JsonObject,
  safe: true,
});

/**
 * What another service may do with contents on an actor's behalf: the ids among `ids` that allow the operation, with the
 * space and title that a caller presents. `attach` = may add attachments; `removeAttachments` = anyone's, `removeOwnAttachments` =
 * those that the actor has added. Answers in the order asked.
 */
export const allowedContents = defineRequest('pages', 'content.allowed', {
  request: z.object({
    actor: Actor,
    ids: z.array(ContentId).max(1_000),
    operation: z.enum(['read', 'update', 'attach', 'removeAttachments', 'removeOwnAttachments']),
  }),
  reply: z.object({
    allowed: z.array(z.object({ id: z.string(), title: z.string(), spaceKey: z.string(), type: ContentType })),
  }),
  safe: true,
});

/** Contents as `GET /content/search` lists them: those of `ids` that the actor may view, in this order. */
export const presentContents = defineRequest('pages', 'content.present', {
  request: z.object({ actor: Actor, ids: z.array(ContentId).max(200), expand: Expand, locale: Locale.default('en') }),
  reply: z.object({ results: z.array(JsonObject) }),
  safe: true,
});

/** Index documents of current contents; ids that are gone or not current are left out. For the search service only. */
export const indexDocuments = defineRequest('pages', 'content.indexDocuments', {
  request: z.object({ ids: z.array(ContentId).max(100) }),
  reply: z.object({ documents: z.array(IndexDocument) }),
  safe: true,
});
/** Ids of all contents that an index holds, in ascending order, with their versions: for a rebuild of the index, and to check one. */
export const listContentIds = defineRequest('pages', 'content.listIds', {
  request: z.object({ after: ContentId.optional(), limit: z.number().int().min(1).max(10_000).default(1_000) }),
  reply: z.object({ ids: z.array(z.string()), versions: z.array(z.number().int()) }),
  safe: true,
});

/** These contents changed, came or went: whoever keeps something derived from them asks for their present state. */
export const contentChanged = defineEvent('pages', 'contentChanged', z.object({ ids: z.array(z.string()) }));
/** These contents were purged: what hangs on them (attachments) goes as well. */
export const contentPurged = defineEvent('pages', 'contentPurged', z.object({ ids: z.array(z.string()) }));
