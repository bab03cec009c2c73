import { traced, tracer } from '@tributary/platform';

/** Runs a statement in a span when this process traces. Its text comes from code; parameters, which may be anybody's, stay here. */
export function tracedStatement<T>(sql: string, run: () => Promise<T>): Promise<T> {
  if (!tracer()) return run();
  const text = sql.trim();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
  return traced({ name: text.split(/\s/, 1)[0] ?? '', kind: 'client', attributes }, run);
}
