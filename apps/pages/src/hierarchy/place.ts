import { refused, tags, type Actor } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { findViewable, type ContentAccess } from '../permissions/access.js';

/** The tag of the list that a page stands in: its parent's children, or the top of its space. */
export const siblingsTag = (parentId: string | null, spaceKey: string): string => tags.children(parentId ?? spaceKey);

/** The parent, locked so that it stays where it is until the child is in its place. */
export async function lockParent(work: Work, actor: Actor, id: string): Promise<ContentAccess> {
  await work.query(`select 1 from content where id = $1 for share`, [id]);
  const parent = await findViewable(work, actor, id);
  if (!parent) throw refused('parentGone', `The parent page with id ${id} could not be found`);
  if (parent.type !== 'page' || parent.status !== 'current')
    throw refused('parentGone', 'The parent must be a current page');
  return parent;
}
