import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { AppLink } from '../../frame/app-link';
import { useTexts } from '../../messages/language';
import { dropOf, keyMoveOf, type Move } from './moving';
import { moveOf, type GapRow, type PageRow, type Row } from './tree-rows';

/** Height of a row with a title of one line, for those that haven't been drawn yet. */
const rowPixels = 29;
/** Rows that are drawn beyond what is seen. */
const overscan = 20;

export interface TreeListProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly currentId: string | undefined;
  readonly homeId: string | null | undefined;
  toggle(id: string): void;
  more(parentId: string): void;
  move(move: Move): void;
}

/** The rows of the tree that are in sight, whatever their number; walked by keys, and changed by dragging or by keys. */
export function TreeList({ label, rows, currentId, homeId, toggle, more, move }: TreeListProps) {
  const [active, setActive] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<string>(undefined);
  // One row takes part in the order of Tab: where one is, else where one reads, else the first.
  const reachable = [active, currentId, rows[0]?.key].find((key) => rows.some((row) => row.key === key));
  const reachableIndex = rows.findIndex((row) => row.key === reachable);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current?.closest('aside') ?? null,
    estimateSize: () => rowPixels,
    getItemKey: (index) => rows[index]?.key ?? index,
    scrollMargin: list.current?.offsetTop ?? 0,
    overscan,
    // Where one is stays drawn, so that the focus isn't lost by scrolling.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), reachableIndex])]
        .filter((index) => index >= 0)
        .sort((one, other) => one - other),
  });
  const shown = virtualizer.getVirtualItems();
  const drag = useDragging(rows, move);
  // A tree has items: while they are on their way it is none.
  const role = rows.some((row) => row.kind === 'page' || row.kind === 'more') ? 'tree' : 'none';
  const isBusy = role === 'tree' && rows.some((row) => row.kind === 'loading');
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useMoreInSight(rows.slice(startIndex, endIndex + 1 + overscan), more);
  useCurrentInSight(rows, currentId, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));
  useReplacement(rows, active, (key) => {
    wanted.current = key;
    setActive(key);
  });
  useEffect(() => {
    if (wanted.current === undefined || wanted.current !== active) return;
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = undefined;
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || reachable === undefined) return;
    if (event.altKey) {
      const moving = event.shiftKey ? keyMoveOf(event.key, rows, reachable, homeId) : undefined;
      if (!moving) return;
      event.preventDefault();
      move(moving);
      return;
    }
    const step = moveOf(event.key, rows, reachable);
    if (!step) return;
    event.preventDefault();
    if ('toggle' in step) return toggle(step.toggle);
    wanted.current = step.focus;
    setActive(step.focus);
  };
  return (
    <ul
      role={role}
      aria-label={label}
      // Said of the whole: a tree may hold nothing but its items.
      aria-busy={isBusy || undefined}
      ref={list}
      onKeyDown={press}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {shown.map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { tabIndex: row.key === reachable ? 0 : -1, onFocus: () => setActive(row.key) };
        return (
          <li
            key={key}
            role="none"
            ref={virtualizer.measureElement}
            data-index={index}
            style={{ translate: `0 ${start - virtualizer.options.scrollMargin}px` }}
          >
            {row.kind === 'page' ? (
              <PageItem row={row} isCurrent={row.key === currentId} toggle={toggle} drag={drag} {...place} />
            ) : (
              <GapItem row={row} more={more} {...place} />
            )}
          </li>
        );
      })}
    </ul>
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
  drag,
  ...place
}: Place & { row: PageRow; isCurrent: boolean; toggle(id: string): void; drag: Dragging }) {
  const { leaf } = row;
  const clickToggle = (event: MouseEvent) => {
    event.preventDefault();
    toggle(leaf.id);
  };
  return (
    <AppLink
      {...place}
      {...drag.handlersOf(row)}
      href={leaf.href}
      role="treeitem"
      data-key={row.key}
      data-drop={drag.over?.targetId === leaf.id ? drag.over.position : undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-expanded={leaf.hasChildren ? row.isOpen : undefined}
      aria-current={isCurrent ? 'page' : undefined}
      aria-keyshortcuts="Alt+Shift+ArrowUp Alt+Shift+ArrowDown Alt+Shift+ArrowLeft Alt+Shift+ArrowRight"
      style={{ '--level': row.level - 1 }}
    >
      <span className="tree-toggle" aria-hidden="true" onClick={leaf.hasChildren ? clickToggle : undefined}>
        {leaf.hasChildren && <ChevronRight size={16} />}
      </span>
      <span className="tree-title">{leaf.title}</span>
    </AppLink>
  );
}

function GapItem({ row, more, ...place }: Place & { row: GapRow; more(id: string): void }) {
  const { text } = useTexts();
  const style = { '--level': row.level - 1 };
  if (row.kind !== 'more') {
    return (
      <div className="tree-note" style={style}>
        {text(row.kind === 'loading' ? 'app.loading' : 'tree.failed')}
      </div>
    );
  }
  return (
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
  );
}

interface Dragging {
  readonly over: Move | undefined;
  handlersOf(row: PageRow): object;
}

/** Pages that are dragged with the pointer; by keys the same is done with Alt and Shift. */
function useDragging(rows: readonly Row[], move: (move: Move) => void): Dragging {
  const [id, setId] = useState<string>();
  const [over, setOver] = useState<Move>();
  const end = () => {
    setId(undefined);
    setOver(undefined);
  };
  const dropOn = (event: DragEvent, row: PageRow): Move | undefined => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return id === undefined ? undefined : dropOf(rows, id, row, (event.clientY - top) / height);
  };
  const handlersOf = (row: PageRow) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      setId(row.leaf.id);
    },
    onDragOver: (event: DragEvent) => {
      const drop = dropOn(event, row);
      if (drop) event.preventDefault();
      if (drop?.targetId !== over?.targetId || drop?.position !== over?.position) setOver(drop);
    },
    onDragEnd: end,
    onDrop: (event: DragEvent) => {
      const drop = dropOn(event, row);
      if (!drop) return;
      event.preventDefault();
      end();
      move(drop);
    },
  });
  return { over, handlersOf };
}

/** Where one was is gone, "show more" became pages: one goes on with what stands in its place. */
function useReplacement(rows: readonly Row[], active: string | undefined, goTo: (key: string) => void): void {
  const place = useRef<number>(undefined);
  useEffect(() => {
    if (active === undefined) return;
    const index = rows.findIndex((row) => row.key === active);
    if (index >= 0) place.current = index;
    else if (document.activeElement === document.body && place.current !== undefined) {
      const row = rows[Math.min(place.current, rows.length - 1)];
      if (row?.kind === 'page' || row?.kind === 'more') goTo(row.key);
    }
  }, [rows, active, goTo]);
}

/** What comes next is read when one has scrolled to it. */
function useMoreInSight(inSight: readonly Row[], more: (parentId: string) => void): void {
  const gap = inSight.find((row) => row.kind === 'more');
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!gap || asked.current === gap.key) return;
    asked.current = gap.key;
    more(gap.parentId);
  }, [gap, more]);
}

/** Brings the row of the page that is read into sight once it is there. */
function useCurrentInSight(rows: readonly Row[], id: string | undefined, show: (index: number) => void): void {
  const seen = useRef<string>(undefined);
  const index = rows.findIndex((row) => row.key === id);
  useEffect(() => {
    if (index < 0 || seen.current === id) return;
    seen.current = id;
    show(index);
  }, [id, index, show]);
}
