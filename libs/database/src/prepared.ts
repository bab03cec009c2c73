import { createHash } from 'node:crypto';

/** Statements that a process keeps prepared on each connection; what comes later runs unprepared. */
const preparedStatementsMax = 300;

const names = new Map<string, string>();

/**
 * A query for the driver, named so that PostgreSQL parses and plans it once a connection. Its text must come from code, not
 * from data: what varies goes into parameters.
 */
export function prepared(text: string, values: readonly unknown[]): { name?: string; text: string; values: unknown[] } {
  let name = names.get(text);
  if (name === undefined && names.size < preparedStatementsMax) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name === undefined ? { text, values: [...values] } : { name, text, values: [...values] };
}
