/** What the tree shows of a page. */
export interface Leaf {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly hasChildren: boolean;
  /** The page above it; null for one at the top of the space. */
  readonly parentId: string | null;
}

/** The children of one page, as far as they were read. */
export interface Branch {
  readonly leaves: readonly Leaf[];
  readonly hasMore: boolean;
  readonly state: 'loading' | 'failed' | 'done';
}

export interface PageRow {
  readonly kind: 'page';
  readonly key: string;
  readonly leaf: Leaf;
  /** From 1 on. */
  readonly level: number;
  /** From 1 on, among the children of the same page. */
  readonly position: number;
  /** How many children that page has; -1 while not all were read. */
  readonly size: number;
  readonly isOpen: boolean;
  readonly parentId: string;
}

/** Stands below a page for children that aren't there: on their way, failed, or too many to show at once. */
export interface GapRow {
  readonly kind: 'loading' | 'failed' | 'more';
  readonly key: string;
  readonly level: number;
  readonly parentId: string;
}

export type Row = PageRow | GapRow;

/** The tree as one list of the rows that are seen, from top to bottom: the form in which it is drawn, and walked by keys. */
export function rowsOf(
  parentId: string,
  branches: ReadonlyMap<string, Branch>,
  open: ReadonlySet<string>,
  level = 1,
): Row[] {
  const branch = branches.get(parentId) ?? { leaves: [], hasMore: false, state: 'loading' };
  // Another one each time: where one was is gone when what it stood for is there.
  const key = `${parentId} ${branch.leaves.length}`;
  const gap = (kind: GapRow['kind']): GapRow => ({ kind, key: `${kind} ${key}`, level, parentId });
  const size = branch.hasMore ? -1 : branch.leaves.length;
  const rows = branch.leaves.flatMap((leaf, index): Row[] => {
    const isOpen = leaf.hasChildren && open.has(leaf.id);
    const row: Row = { kind: 'page', key: leaf.id, leaf, level, position: index + 1, size, isOpen, parentId };
    return isOpen ? [row, ...rowsOf(leaf.id, branches, open, level + 1)] : [row];
  });
  if (branch.state !== 'done') return [...rows, gap(branch.state)];
  return branch.hasMore ? [...rows, gap('more')] : rows;
}

/** What a key does in the tree: where one goes, or which page is opened or closed. Undefined for keys that mean nothing here. */
export type TreeMove = { readonly focus: string } | { readonly toggle: string };

/** The keys of a tree by the ARIA Authoring Practices. Rows that only tell something can't be reached. */
export function moveOf(key: string, rows: readonly Row[], at: string): TreeMove | undefined {
  const reachable = rows.filter((row) => row.kind === 'page' || row.kind === 'more');
  const index = reachable.findIndex((row) => row.key === at);
  const row = reachable[index];
  if (!row) return undefined;
  const focus = (target: Row | undefined): TreeMove | undefined => target && { focus: target.key };
  switch (key) {
    case 'ArrowDown':
      return focus(reachable[index + 1]);
    case 'ArrowUp':
      return focus(reachable[index - 1]);
    case 'Home':
      return focus(reachable[0]);
    case 'End':
      return focus(reachable.at(-1));
    case 'ArrowRight':
      if (row.kind !== 'page' || !row.leaf.hasChildren) return undefined;
      return row.isOpen ? focus(reachable[index + 1]) : { toggle: row.key };
    case 'ArrowLeft':
      if (row.kind === 'page' && row.isOpen) return { toggle: row.key };
      return focus(reachable.find((each) => each.key === row.parentId));
    default:
      return key.length === 1 ? focus(byFirstLetter(key, reachable, index)) : undefined;
  }
}

/** The next page whose title begins with what was typed, from the row on and round. */
function byFirstLetter(letter: string, rows: readonly Row[], index: number): Row | undefined {
  const wanted = letter.toLocaleLowerCase();
  const ahead = [...rows.slice(index + 1), ...rows.slice(0, index)];
  return ahead.find((row) => row.kind === 'page' && row.leaf.title.toLocaleLowerCase().startsWith(wanted));
}
