/**
 * What a migration may not do while copies of the version before still use the tables: expand, migrate, contract. The first version
 * only adds, the second stops using what is to go, the third removes it, and says so: `contract: what nobody uses since VERSION`.
 */
const breaking: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bdrop\s+(table|view|function|sequence|schema)\b/i, what: 'drops what the version before uses' },
  { pattern: /\balter\s+table\s+\S+\s+drop\s+(?!constraint\b|expression\b)/i, what: 'drops a column' },
  { pattern: /\brename\b/i, what: 'renames' },
  { pattern: /\balter\s+(column\s+)?\S+\s+(set\s+data\s+)?type\b/i, what: "changes a column's type" },
  { pattern: /\bset\s+not\s+null\b/i, what: 'makes a column needed that the version before may leave empty' },
  {
    pattern: /\badd\s+(?!constraint\b)[^,;`]*\bnot\s+null\b(?![^,;`]*\bdefault\b)/i,
    what: 'adds a column that is needed, without a default',
  },
];
const defaultBeforeNotNull = /\bdefault\b[^,;`]*\bnot\s+null\b/i;

/**
 * What the migrations of one file would break for copies of the version before; empty when nothing. Reads the code of `up` alone: `down`
 * is for a developer's own database. A table that the same file creates is new, and nobody's.
 */
export function breakingSteps(code: string): string[] {
  if (/^\s*\*?.*\bcontract: \S+/m.test(code)) return [];
  const up = code.split(/async down\(/)[0] ?? '';
  const statements = [...withoutDown(code, up).matchAll(/`([^`]*)`/g)].map(([, text]) => text ?? '');
  const created = new Set(
    statements.flatMap((text) => [...text.matchAll(/create\s+table\s+(\S+)/gi)].map(([, name]) => name)),
  );
  return statements.flatMap((statement) => {
    const table = /alter\s+table\s+(\S+)/i.exec(statement)?.[1];
    if (table !== undefined && created.has(table)) return [];
    if (/^\s*create\b/i.test(statement)) return [];
    return breaking
      .filter(
        ({ pattern, what }) =>
          pattern.test(statement) && !(what.includes('default') && defaultBeforeNotNull.test(statement)),
      )
      .map(({ what }) => `${what}: ${statement.trim().replaceAll(/\s+/g, ' ').slice(0, 120)}`);
  });
}

/** `up` with the statements that a file keeps beside its class. */
function withoutDown(code: string, up: string): string {
  const end = code.indexOf('\n}\n', up.length);
  return end < 0 ? up : up + code.slice(end);
}
