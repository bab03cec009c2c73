import type { Actor } from '@tributary/contracts';
import { findAccess, type Queries } from './access.js';

/** What the actor may do with a content, in the shape of `expand=operations`. */
export async function mayAccessOperations(queries: Queries, actor: Actor, id: string): Promise<object[]> {
  const [access] = await findAccess(queries, actor, [id]);
  if (!access?.mayView) return [];
  const operations: string[] = ['read'];
  if (access.mayEdit) operations.push('update');
  if (access.mayDelete) operations.push('delete');
  if (access.mayRestrict && access.mayEdit) operations.push('restrict');
  return operations.map((operation) => ({ operation, targetType: access.type }));
}
