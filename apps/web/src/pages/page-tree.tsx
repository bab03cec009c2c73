import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { listChildren, listRoots, type Content } from '../api';
import { useLoading } from '../loading';
import { useTexts } from '../messages/language';

type Leaf = Pick<Content, 'id' | 'title' | '_links'>;

/** The pages of a space. Branches load when they are opened; those on the way to the page that is read are open. */
export function PageTree({ page }: { page: Content }) {
  const { text } = useTexts();
  const roots = useLoading((signal) => listRoots(page.space.key, signal), [page.space.key, page.id, page.title]);
  return (
    <nav aria-label={text('page.tree', { space: page.space.name })} className="tree">
      <Link className="tree-space" to={`/display/${encodeURIComponent(page.space.key)}`}>
        {page.space.name}
      </Link>
      {roots.state === 'done' && <Branch leaves={roots.value.results} page={page} />}
    </nav>
  );
}

function Branch({ leaves, page }: { leaves: readonly Leaf[]; page: Content }) {
  return (
    <ul>
      {leaves.map((leaf) => (
        <TreeNode key={leaf.id} leaf={leaf} page={page} />
      ))}
    </ul>
  );
}

function TreeNode({ leaf, page }: { leaf: Leaf; page: Content }) {
  const { text } = useTexts();
  const isCurrent = leaf.id === page.id;
  const isAbove = page.ancestors?.some((ancestor) => ancestor.id === leaf.id) ?? false;
  const [open, setOpen] = useState(isAbove || isCurrent);
  const [children, setChildren] = useState<readonly Leaf[]>();
  useEffect(() => {
    if (isAbove || isCurrent) setOpen(true);
  }, [isAbove, isCurrent]);
  useEffect(() => {
    if (!open) return;
    const aborting = new AbortController();
    listChildren(leaf.id, aborting.signal).then(
      ({ results }) => setChildren(results),
      () => aborting.signal.aborted || setChildren([]),
    );
    return () => aborting.abort();
  }, [open, leaf.id, page.id]);
  const isLeaf = children?.length === 0;
  return (
    <li>
      <div className={`tree-row${isCurrent ? ' current' : ''}`}>
        <button
          type="button"
          className="tree-toggle"
          aria-expanded={open && !isLeaf}
          aria-label={text(open ? 'page.collapse' : 'page.expand', { title: leaf.title })}
          disabled={isLeaf}
          onClick={() => setOpen(!open)}
        >
          {isLeaf ? '·' : open ? '▾' : '▸'}
        </button>
        <Link to={leaf._links.webui} aria-current={isCurrent ? 'page' : undefined}>
          {leaf.title}
        </Link>
      </div>
      {open && children && children.length > 0 && <Branch leaves={children} page={page} />}
    </li>
  );
}
