import type { PageRow, Row } from './tree-rows';

/** Where a page goes, in the words of the REST API: below a page as its last child, or beside one. */
export interface Move {
  readonly id: string;
  readonly position: 'append' | 'above' | 'below';
  readonly targetId: string;
}

/** The upper and the lower part of a row mean beside it, what is between means below it in the tree. */
const besideShare = 0.28;

/** What dropping a page on a row does; `share` is how far down in the row the pointer is. Undefined where it can't go. */
export function dropOf(rows: readonly Row[], id: string, target: PageRow, share: number): Move | undefined {
  if (isWithin(rows, target, id)) return undefined;
  const position = share < besideShare ? 'above' : share > 1 - besideShare ? 'below' : 'append';
  return { id, position, targetId: target.leaf.id };
}

/** The move that brings a page back to where it is now. Undefined where nothing beside it could tell the place. */
export function backOf(rows: readonly Row[], id: string, homeId: string | null | undefined): Move | undefined {
  const { before, after, row } = besideOf(rows, id);
  if (before) return { id, position: 'below', targetId: before };
  if (after) return { id, position: 'above', targetId: after };
  const parentId = row?.leaf.parentId;
  if (parentId) return { id, position: 'append', targetId: parentId };
  return homeId && row ? { id, position: 'below', targetId: homeId } : undefined;
}

/** Keys that move the page one is at, with Alt and Shift held: up and down among its siblings, out of its parent, into the page before it. */
export function keyMoveOf(
  key: string,
  rows: readonly Row[],
  id: string,
  homeId: string | null | undefined,
): Move | undefined {
  const { before, after, row } = besideOf(rows, id);
  switch (key) {
    case 'ArrowUp':
      return before === undefined ? undefined : { id, position: 'above', targetId: before };
    case 'ArrowDown':
      return after === undefined ? undefined : { id, position: 'below', targetId: after };
    case 'ArrowRight':
      return before === undefined ? undefined : { id, position: 'append', targetId: before };
    case 'ArrowLeft': {
      const parentId = row?.leaf.parentId;
      return parentId && parentId !== homeId ? { id, position: 'below', targetId: parentId } : undefined;
    }
    default:
      return undefined;
  }
}

function besideOf(rows: readonly Row[], id: string): { before?: string; after?: string; row?: PageRow } {
  const row = pageRow(rows, id);
  if (!row) return {};
  const siblings = rows.flatMap((each) =>
    each.kind === 'page' && each.level === row.level && each.leaf.parentId === row.leaf.parentId ? [each.leaf.id] : [],
  );
  const index = siblings.indexOf(id);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  return { row, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

const pageRow = (rows: readonly Row[], id: string): PageRow | undefined =>
  rows.find((row): row is PageRow => row.kind === 'page' && row.leaf.id === id);

/** Whether a row is the page itself, or below it. */
function isWithin(rows: readonly Row[], row: PageRow | undefined, id: string): boolean {
  for (let at = row; at; at = pageRow(rows, at.parentId)) if (at.leaf.id === id) return true;
  return false;
}
