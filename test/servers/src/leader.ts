import { readFile } from 'node:fs/promises';

/** The coordinator that leads, from its log's last word; throws when none ever did. */
export async function leaderOf<T extends { readonly nodeId: string }>(
  coordinators: readonly T[],
  logOf: (nodeId: string) => string,
): Promise<T> {
  const terms = await Promise.all(
    coordinators.map(async (node) => ({ node, token: lastToken(await readFile(logOf(node.nodeId), 'utf8')) })),
  );
  const [last] = terms.toSorted((one, other) => other.token - one.token);
  if (!last || last.token < 0) throw new Error('No coordinator leads');
  return last.node;
}

function lastToken(log: string): number {
  const terms = [...log.matchAll(/"token":(\d+).*"msg":"leading"/g)];
  return Number(terms.at(-1)?.[1] ?? -1);
}
