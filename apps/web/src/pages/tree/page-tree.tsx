import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { AppLink } from '../../frame/app-link';
import { useTexts } from '../../messages/language';
import type { Page } from '../../rest/pages';
import { homePageIdQuery, type Space } from '../../rest/spaces';
import { topId, useBranches } from './branches';
import { moveOf, rowsOf, type GapRow, type PageRow } from './tree-rows';
import './tree.css';

/** The pages of a space. Branches are read when they are opened; those on the way to the page that is read are open. */
export function PageTree({ space, page }: { space: Space; page: Page | undefined }) {
  const { text } = useTexts();
  const [open, setOpen] = useOpenPages(page);
  const [windows, setWindows] = useState<ReadonlyMap<string, number>>(new Map());
  const [active, setActive] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const { data, isError } = useQuery(homePageIdQuery(space.key));
  const homeId = isError ? null : data;
  const branches = useBranches(space.key, homeId, open, windows);
  const rows = rowsOf(topId, branches, open);
  const isAtHome = page !== undefined && page.id === homeId;
  // One row takes part in the order of Tab: where one is, else where one reads, else the first.
  const reachable = [active, page?.id, rows[0]?.key].find((key) => rows.some((row) => row.key === key));
  useSight(list, page?.id, rows.length);

  const toggle = (id: string) => setOpen(open.has(id) ? without(open, id) : new Set([...open, id]));
  const more = (id: string) => {
    // At the top there are two lists: what is below the home page, and what is beside it.
    const ids = id === topId ? [topId, homeId ?? topId] : [id];
    setWindows(new Map([...windows, ...ids.map((each) => [each, (windows.get(each) ?? 1) + 1] as const)]));
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || reachable === undefined) return;
    const move = moveOf(event.key, rows, reachable);
    if (!move) return;
    event.preventDefault();
    if ('toggle' in move) toggle(move.toggle);
    else list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(move.focus)}"]`)?.focus();
  };
  return (
    <nav aria-label={text('tree.label', { space: space.name })} className="tree">
      <AppLink className="tree-space" href={space._links.webui} aria-current={isAtHome ? 'page' : undefined}>
        {space.name}
      </AppLink>
      {rows.length === 0 ? (
        <p className="tree-note">{text('tree.none')}</p>
      ) : (
        <ul role="tree" aria-label={text('tree.label', { space: space.name })} ref={list} onKeyDown={press}>
          {rows.map((row) => {
            const place = { tabIndex: row.key === reachable ? 0 : -1, onFocus: () => setActive(row.key) };
            return row.kind === 'page' ? (
              <PageItem key={row.key} row={row} isCurrent={row.key === page?.id} toggle={toggle} {...place} />
            ) : (
              <GapItem key={row.key} row={row} more={more} {...place} />
            );
          })}
        </ul>
      )}
    </nav>
  );
}

interface Place {
  readonly tabIndex: number;
  onFocus(): void;
}

function PageItem({
  row,
  isCurrent,
  toggle,
  ...place
}: Place & { row: PageRow; isCurrent: boolean; toggle(id: string): void }) {
  const { leaf } = row;
  const clickToggle = (event: MouseEvent) => {
    event.preventDefault();
    toggle(leaf.id);
  };
  return (
    <li role="none">
      <AppLink
        {...place}
        href={leaf.href}
        role="treeitem"
        data-key={row.key}
        aria-level={row.level}
        aria-posinset={row.position}
        aria-setsize={row.size}
        aria-expanded={leaf.hasChildren ? row.isOpen : undefined}
        aria-current={isCurrent ? 'page' : undefined}
        style={{ '--level': row.level - 1 }}
      >
        <span className="tree-toggle" aria-hidden="true" onClick={leaf.hasChildren ? clickToggle : undefined}>
          {leaf.hasChildren && <ChevronRight size={16} />}
        </span>
        <span className="tree-title">{leaf.title}</span>
      </AppLink>
    </li>
  );
}

function GapItem({ row, more, ...place }: Place & { row: GapRow; more(id: string): void }) {
  const { text } = useTexts();
  const style = { '--level': row.level - 1 };
  if (row.kind !== 'more') {
    return (
      <li role="none" className="tree-note" style={style} aria-busy={row.kind === 'loading'}>
        {text(row.kind === 'loading' ? 'app.loading' : 'tree.failed')}
      </li>
    );
  }
  return (
    <li role="none">
      <button
        {...place}
        type="button"
        role="treeitem"
        aria-level={row.level}
        data-key={row.key}
        style={style}
        onClick={() => more(row.parentId)}
      >
        {text('tree.more')}
      </button>
    </li>
  );
}

const without = (set: ReadonlySet<string>, id: string): Set<string> => new Set([...set].filter((each) => each !== id));

/** Which pages are open: those that the reader opened, and on each new page it and all above it. */
function useOpenPages(page: Page | undefined) {
  const way = page ? [page.id, ...page.ancestors.map((ancestor) => ancestor.id)] : [];
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(way));
  const [shown, setShown] = useState(page?.id);
  if (shown !== page?.id) {
    setShown(page?.id);
    setOpen(new Set([...open, ...way]));
  }
  return [open, setOpen] as const;
}

/** Brings the row of the page that is read into sight once it is there. */
function useSight(list: React.RefObject<HTMLElement | null>, id: string | undefined, rowCount: number): void {
  const seen = useRef<string>(undefined);
  useEffect(() => {
    const row = list.current?.querySelector(`[aria-current="page"]`);
    if (!row || seen.current === id) return;
    seen.current = id;
    row.scrollIntoView({ block: 'nearest' });
  }, [list, id, rowCount]);
}
