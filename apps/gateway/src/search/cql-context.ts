import { badRequest } from '@tributary/contracts';
import { one, type Query } from '../edge/query.js';

/** `cqlcontext={"spaceKey","contentId","contentStatuses"}`. */
export function contextOf(query: Query) {
  const text = one(query, 'cqlcontext');
  if (!text) return {};
  try {
    return JSON.parse(text) as Record<string, never>;
  } catch {
    throw badRequest('cqlcontext must be a JSON object');
  }
}
