import { badRequest, type pages, type RequestInputOf } from '@tributary/contracts';
import { arrayAt, booleanAt, objectAt, objectOf, textAt, type Json } from '../edge/bodies.js';
import { inlinePropertiesOf } from '../inline-comments/inline-properties.js';

type Body = RequestInputOf<typeof pages.createContent>['body'];
type Labels = RequestInputOf<typeof pages.createContent>['labels'];
type Properties = RequestInputOf<typeof pages.createContent>['properties'];

/** `body.{storage|wiki|editor|view}`: the first that is there. */
export function bodyOf(content: Json): Body {
  const body = objectAt(content, 'body');
  for (const name of ['storage', 'editor', 'wiki', 'view'] as const) {
    if (body[name] === undefined || body[name] === null) continue;
    const given = objectAt(body, name);
    const value = textAt(given, 'value');
    if (value === undefined) throw badRequest(`body.${name}.value is needed`);
    return { representation: (textAt(given, 'representation') ?? name) as 'storage', value };
  }
  const unknown = Object.keys(body).filter((name) => !name.startsWith('_'));
  if (unknown.length > 0) throw badRequest(`The body's representation '${unknown[0]}' is unknown`);
  return undefined;
}

/** The last of `ancestors` is the parent; an empty list is the top of the space. */
export function parentOf(content: Json): string | null | undefined {
  const ancestors = arrayAt(content, 'ancestors');
  if (ancestors === undefined) return undefined;
  const last = ancestors.at(-1);
  if (last === undefined) return null;
  const id = textAt(objectOf(last), 'id');
  if (id === undefined) throw badRequest('ancestors needs ids');
  return id;
}

export function labelsOf(content: Json): Labels {
  const labels = objectAt(content, 'metadata')['labels'];
  if (labels === undefined || labels === null) return undefined;
  const list = Array.isArray(labels) ? labels : (arrayAt(objectOf(labels), 'results') ?? []);
  return list.map((label) => ({
    prefix: textAt(objectOf(label), 'prefix'),
    name: textAt(objectOf(label), 'name') ?? '',
  }));
}

export function propertiesOf(content: Json): Properties {
  const properties = objectAt(objectAt(content, 'metadata'), 'properties');
  const given = Object.entries(properties).filter(([name, value]) => !name.startsWith('_') && isWithValue(value));
  return given.length > 0 ? Object.fromEntries(given as [string, { value: never }][]) : undefined;
}

const isWithValue = (value: unknown): boolean => typeof value === 'object' && value !== null && 'value' in value;

/** Where inside of a text a comment begins a thread: `extensions` with the location `inline`; an answer stands where what it answers does. */
export function inlineOf(content: Json): pages.InlineProperties | undefined {
  const extensions = objectAt(content, 'extensions');
  if (textAt(extensions, 'location') !== 'inline' || parentOf(content)) return undefined;
  return inlinePropertiesOf(objectAt(extensions, 'inlineProperties'));
}

export const spaceKeyOf = (content: Json): string | undefined => textAt(objectAt(content, 'space'), 'key');

export function versionOf(content: Json) {
  const version = objectAt(content, 'version');
  const given = version['number'];
  // Scripts send the number as text, and Confluence takes it.
  const number = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (number !== undefined && (typeof number !== 'number' || !Number.isSafeInteger(number))) {
    throw badRequest('version.number must be a whole number');
  }
  return { number, message: textAt(version, 'message'), minorEdit: booleanAt(version, 'minorEdit') };
}
