import { badRequest } from '@tributary/contracts';

export type Json = Record<string, unknown>;

/** The request's body as a JSON object; anything else is `badRequest`. */
export function objectOf(body: unknown): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('A JSON object is expected');
  return body as Json;
}

/** A field as an object; missing ones are empty, other types are `badRequest`. */
export function objectAt(body: Json, name: string): Json {
  const value = body[name];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest(`${name} must be an object`);
  return value as Json;
}

export function arrayAt(body: Json, name: string): unknown[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw badRequest(`${name} must be an array`);
  return value;
}

/** A field as text; null counts as missing, as clients send back what they were given. */
export function textAt(body: Json, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw badRequest(`${name} must be a string`);
}

export function booleanAt(body: Json, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw badRequest(`${name} must be true or false`);
}
