import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';
import { ContentId, Done, JsonObject, ListOf, noControlCharacters, Window } from '../values.js';

/** Largest property value, as JSON text in bytes. */
export const propertyBytesMax = 32 * 1024;

export const PropertyOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('content'), id: ContentId }),
  z.object({ kind: z.literal('space'), key: z.string().max(255) }),
]);
export const PropertyKey = z.string().min(1).max(255).refine(noControlCharacters);

export const listProperties = defineRequest('pages', 'properties.list', {
  request: z.object({ actor: Actor, owner: PropertyOwner, ...Window }),
  reply: ListOf(JsonObject),
  safe: true,
});
export const getProperty = defineRequest('pages', 'properties.get', {
  request: z.object({ actor: Actor, owner: PropertyOwner, key: PropertyKey }),
  reply: JsonObject,
  safe: true,
});
/** Creates a property; `conflict` when the key is there. */
export const createProperty = defineRequest('pages', 'properties.create', {
  request: z.object({ actor: Actor, owner: PropertyOwner, key: PropertyKey, value: z.json() }),
  reply: JsonObject,
});
/** Replaces a value. `version` must be current + 1, else `conflict`; version 1 of an absent key creates it. */
export const updateProperty = defineRequest('pages', 'properties.update', {
  request: z.object({
    actor: Actor,
    owner: PropertyOwner,
    key: PropertyKey,
    value: z.json(),
    version: z.number().int().positive(),
  }),
  reply: JsonObject,
});
export const deleteProperty = defineRequest('pages', 'properties.delete', {
  request: z.object({ actor: Actor, owner: PropertyOwner, key: PropertyKey }),
  reply: Done,
});
