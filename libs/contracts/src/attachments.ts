import { z } from 'zod';
import { Actor } from './actor.js';
import { defineEvent, defineRequest } from './request.js';
import { ContentId, ContentStatus, Done, Expand, JsonObject, ListOf, noControlCharacters, Window } from './values.js';

export const FileName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .refine(
    (name) => noControlCharacters(name) && !/[/\\\r\n]/.test(name),
    'A file name holds no slash or control character',
  );

/** Bytes that the gateway has put into the object store and that no attachment names yet. */
export const StoredFile = z.object({
  objectKey: z.string().max(200),
  sizeBytes: z.number().int().min(0),
  sha256: z.string().length(64),
  mediaType: z.string().max(255),
});

/**
 * Records an uploaded file as an attachment of a content the actor may attach to. The same name again is `badRequest`
 * unless `allowDuplicated`, which adds a version. When it fails the gateway removes the bytes.
 */
export const create = defineRequest('attachments', 'create', {
  request: z.object({
    actor: Actor,
    containerId: ContentId,
    fileName: FileName,
    file: StoredFile,
    comment: z.string().max(4_000).default(''),
    minorEdit: z.boolean().default(false),
    allowDuplicated: z.boolean().default(false),
    expand: Expand,
  }),
  reply: JsonObject,
});
export const addVersion = defineRequest('attachments', 'addVersion', {
  request: z.object({
    actor: Actor,
    containerId: ContentId,
    attachmentId: ContentId,
    file: StoredFile,
    comment: z.string().max(4_000).default(''),
    minorEdit: z.boolean().default(false),
    expand: Expand,
  }),
  reply: JsonObject,
});
/**
 * Adds the files of a content to another one, in their latest versions. What is there by the same name stays: asked again it adds what is
 * missing. Refused as viewing the one and attaching to the other are.
 */
export const copyAll = defineRequest('attachments', 'copyAll', {
  request: z.object({ actor: Actor, fromId: ContentId, toId: ContentId }),
  reply: Done,
});
/** Rename, media type, comment, or another container. `version` must be current + 1 where given, else `conflict`. */
export const update = defineRequest('attachments', 'update', {
  request: z.object({
    actor: Actor,
    containerId: ContentId,
    attachmentId: ContentId,
    version: z.number().int().positive().optional(),
    fileName: FileName.optional(),
    mediaType: z.string().max(255).optional(),
    comment: z.string().max(4_000).optional(),
    newContainerId: ContentId.optional(),
    expand: Expand,
  }),
  reply: JsonObject,
});
export const list = defineRequest('attachments', 'list', {
  request: z.object({
    actor: Actor,
    containerId: ContentId,
    fileName: z.string().max(255).optional(),
    mediaType: z.string().max(255).optional(),
    expand: Expand,
    ...Window,
  }),
  reply: ListOf(JsonObject),
  safe: true,
});
/** One attachment as content (`GET /content/att123`); what is in the trash only for those who may remove it for good. */
export const get = defineRequest('attachments', 'get', {
  request: z.object({
    actor: Actor,
    attachmentId: ContentId,
    status: z.array(ContentStatus).default(['current']),
    expand: Expand,
  }),
  reply: JsonObject,
  safe: true,
});
/** Many attachments of many contents by name, for rendering and for `expand=children.attachment`. Cacheable (Answer). */
export const findByName = defineRequest('attachments', 'findByName', {
  request: z.object({
    names: z.array(z.object({ containerId: ContentId, fileName: z.string().max(255) })).max(1_000),
  }),
  reply: z.object({
    found: z.array(
      z.object({
        containerId: z.string(),
        fileName: z.string(),
        id: z.string(),
        version: z.number().int(),
        mediaType: z.string(),
        sizeBytes: z.number().int(),
      }),
    ),
  }),
  safe: true,
});
/** Without `version` to the trash; with it that old version is removed for good. */
export const remove = defineRequest('attachments', 'remove', {
  request: z.object({
    actor: Actor,
    attachmentId: ContentId,
    containerId: ContentId.optional(),
    version: z.number().int().positive().optional(),
    purge: z.boolean().default(false),
  }),
  reply: Done,
});

/** Where the bytes of a file are, for the gateway to stream; given only to an actor who may view the container. */
export const DownloadTicket = z.object({
  objectKey: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  version: z.number().int(),
  lastModified: z.string(),
});
export type DownloadTicket = z.infer<typeof DownloadTicket>;
export const openDownload = defineRequest('attachments', 'openDownload', {
  request: z.object({
    actor: Actor,
    containerId: ContentId,
    fileName: z.string().max(255),
    version: z.number().int().positive().optional(),
  }),
  reply: DownloadTicket,
  safe: true,
});

/** Whether the actor may attach to a content, asked before the gateway takes the bytes: `notFound` or `forbidden`. */
export const checkUpload = defineRequest('attachments', 'checkUpload', {
  request: z.object({ actor: Actor, containerId: ContentId }),
  reply: Done,
  safe: true,
});

export const attachmentsChanged = defineEvent(
  'attachments',
  'changed',
  z.object({ containerId: z.string(), attachmentId: z.string() }),
);
