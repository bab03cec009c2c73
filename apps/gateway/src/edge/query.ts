import { badRequest, expandLengthMax, pageLimitMax, pageLimitWithBodiesMax } from '@tributary/contracts';

export type Query = Record<string, string | string[] | undefined>;

/** Larger numbers are no sensible part of any list. */
const startMax = 10_000_000;
const integerMax = 2_147_483_647;

/** The first value of a parameter; Confluence takes the first as well. */
export const one = (query: Query, name: string): string | undefined => {
  const value = query[name];
  return Array.isArray(value) ? value[0] : value;
};

/** All values of a parameter, separated by commas or repeated. */
export const many = (query: Query, name: string): string[] | undefined => {
  const value = query[name];
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value])
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
};

export function integer(query: Query, name: string): number | undefined {
  const text = one(query, name);
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d{1,12}$/.test(text) || Math.abs(Number(text)) > integerMax)
    throw badRequest(`${name} must be a whole number`);
  return Number(text);
}

export function positive(query: Query, name: string): number | undefined {
  const value = integer(query, name);
  if (value !== undefined && value < 1) throw badRequest(`${name} must be at least 1`);
  return value;
}

/** `expand`, split into paths; an unknown name is harmless, a very long one is not. */
export function expandOf(query: Query): string[] {
  const values = query['expand'];
  const text = Array.isArray(values) ? values.join(',') : (values ?? '');
  if (text.length > expandLengthMax) throw badRequest(`expand has at most ${expandLengthMax} characters`);
  return [
    ...new Set(
      text
        .split(',')
        .map((path) => path.trim())
        .filter((path) => path !== ''),
    ),
  ].slice(0, 200);
}

/** `start` and `limit` with their defaults and caps; the cap on lists with bodies is lower. */
export function windowOf(query: Query, limitDefault = 25): { start: number; limit: number } {
  const start = integer(query, 'start') ?? 0;
  const limit = integer(query, 'limit') ?? limitDefault;
  if (start < 0 || start > startMax) throw badRequest(`start must be from 0 to ${startMax}`);
  if (limit < 0) throw badRequest('limit must not be negative');
  const withBodies = expandOf(query).some(
    (path) => path === 'body' || path.startsWith('body.') || path.includes('.body'),
  );
  return { start, limit: Math.min(limit, withBodies ? pageLimitWithBodiesMax : pageLimitMax) };
}

export const boolean = (query: Query, name: string): boolean => one(query, name) === 'true';

/** The statuses asked for; `any` is all that a list can have. */
export function statusesOf(
  query: Query,
  all: readonly ('current' | 'draft' | 'trashed' | 'historical')[] = ['current', 'draft', 'trashed'],
) {
  const named = many(query, 'status');
  if (!named || named.length === 0) return undefined;
  if (named.includes('any')) return [...all];
  const known = ['current', 'draft', 'trashed', 'historical'] as const;
  // Nothing here is archived by itself; clients that ask for it too mean "whatever can be seen".
  return named
    .filter((name) => name.toLowerCase() !== 'archived')
    .map((name) => {
      const status = known.find((each) => each === name.toLowerCase());
      if (!status) throw badRequest(`The status '${name}' is unknown`);
      return status;
    });
}
