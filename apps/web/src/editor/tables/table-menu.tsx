import type { Command, EditorState } from 'prosemirror-state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  selectedRect,
  splitCell,
  toggleHeaderColumn,
  toggleHeaderRow,
} from 'prosemirror-tables';
import { Table } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTexts, type MessageKey } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { closeElementDialog, openElementDialog, openTableMenu } from '../elements/element-dialogs';
import { useEditorState } from '../use-surface';
import {
  cellColours,
  fitColumns,
  narrowColumn,
  selectTable,
  setCellColour,
  sortByColumn,
  widenColumn,
} from './table-commands';
import './tables.css';

interface Action {
  readonly key: MessageKey;
  readonly run: Command;
  /** It is likely to be wanted again at once. */
  readonly staysOpen?: boolean;
}

const groups: readonly (readonly Action[])[] = [
  [
    { key: 'table.rowAbove', run: addRowBefore },
    { key: 'table.rowBelow', run: addRowAfter },
    { key: 'table.deleteRow', run: deleteRow },
  ],
  [
    { key: 'table.columnBefore', run: addColumnBefore },
    { key: 'table.columnAfter', run: addColumnAfter },
    { key: 'table.deleteColumn', run: deleteColumn },
  ],
  [
    { key: 'table.headerRow', run: toggleHeaderRow },
    { key: 'table.headerColumn', run: toggleHeaderColumn },
  ],
  [
    { key: 'table.merge', run: mergeCells },
    { key: 'table.split', run: splitCell },
    { key: 'table.selectAll', run: selectTable },
  ],
  [
    { key: 'table.sortUp', run: sortByColumn(1) },
    { key: 'table.sortDown', run: sortByColumn(-1) },
  ],
  [
    { key: 'table.wider', run: widenColumn, staysOpen: true },
    { key: 'table.narrower', run: narrowColumn, staysOpen: true },
    { key: 'table.fit', run: fitColumns },
  ],
];

const swatches = ['none', ...cellColours] as const;

/** Where the table around the cursor is drawn. */
function tableBox(surface: EditorSurface, state: EditorState): DOMRect | undefined {
  const dom = surface.view.nodeDOM(selectedRect(state).tableStart - 1);
  return dom instanceof HTMLElement ? (dom.querySelector('table') ?? dom).getBoundingClientRect() : undefined;
}

/** Draws again what stands at a place of the window when that moves. */
function useMoves() {
  const [, setMoves] = useState(0);
  useEffect(() => {
    const moved = () => setMoves((count) => count + 1);
    addEventListener('scroll', moved, { capture: true, passive: true });
    addEventListener('resize', moved);
    return () => {
      removeEventListener('scroll', moved, { capture: true });
      removeEventListener('resize', moved);
    };
  }, []);
}

/** The menu at the table that the cursor is in; nothing elsewhere. Alt+Enter opens it too. */
export function TableMenu({ surface }: { surface: EditorSurface }) {
  const state = useEditorState(surface, (now) => isInTable(now) && now);
  return isInTable(state) ? <MenuAtTable surface={surface} state={state} /> : null;
}

interface AtProps {
  readonly surface: EditorSurface;
  readonly state: EditorState;
}

const buttonSize = 32;

function MenuAtTable({ surface, state }: AtProps) {
  const { text } = useTexts();
  useMoves();
  const box = tableBox(surface, state);
  if (box === undefined) return null;
  const isOpen = openElementDialog(state) === 'table';
  const right = Math.max(8, innerWidth - box.right);
  // Below the toolbar, where that lies over the table's top.
  const bar = document.querySelector('.editor-head')?.getBoundingClientRect().bottom ?? 0;
  const top = Math.max(bar + 4, box.top - buttonSize - 2);
  if (box.bottom < bar || box.top > innerHeight) return null;
  return (
    <>
      <button
        type="button"
        className="tool table-handle"
        style={{ top, right }}
        title={text('table.menu')}
        aria-label={text('table.menu')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => surface.run(isOpen ? closeElementDialog : openTableMenu)}
      >
        <Table size={16} aria-hidden />
      </button>
      {isOpen && <Menu surface={surface} state={state} style={menuPlace(top + buttonSize + 4, right)} />}
    </>
  );
}

/** At the button, but wholly in the window: further left where that ends, and higher where too little of the menu would be seen. */
const menuPlace = (below: number, right: number) => ({
  top: Math.max(8, Math.min(below, innerHeight - menuHeight - 8)),
  right: Math.max(8, Math.min(right, innerWidth - menuWidth - 8)),
});
const menuWidth = 240;
const menuHeight = 360;

interface MenuProps extends AtProps {
  readonly style: { readonly top: number; readonly right: number };
}

function Menu({ surface, state, style }: MenuProps) {
  const { text } = useTexts();
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])];
  useEffect(() => items()[0]?.focus(), []);
  const close = () => surface.run(closeElementDialog);
  const act = ({ run, staysOpen }: Omit<Action, 'key'>) => {
    if (staysOpen) return void run(surface.view.state, surface.view.dispatch, surface.view);
    close();
    surface.run(run);
  };
  const move = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (at + (step ?? 0) + all.length) % all.length;
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (step !== undefined || event.key === 'Home' || event.key === 'End') all[next]?.focus();
    else return;
    event.preventDefault();
  };
  const item = (action: Action) => (
    <button
      key={action.key}
      type="button"
      role="menuitem"
      tabIndex={-1}
      disabled={!action.run(state)}
      onClick={() => act(action)}
    >
      {text(action.key)}
    </button>
  );
  return (
    <div
      ref={menu}
      className="table-menu"
      role="menu"
      tabIndex={-1}
      aria-label={text('table.menu')}
      style={{ ...style, maxHeight: `calc(100vh - ${style.top + 8}px)` }}
      onKeyDown={move}
      onBlur={({ relatedTarget }) => {
        if (!menu.current?.contains(relatedTarget)) closeElementDialog(surface.view.state, surface.view.dispatch);
      }}
    >
      {groups.map((group) => (
        <div key={group[0]?.key} role="group" aria-label={text(group[0]?.key ?? 'table.menu')}>
          {group.map(item)}
        </div>
      ))}
      <div role="group" className="cell-colours" aria-label={text('table.colour')}>
        {swatches.map((name) => {
          const colour = name === 'none' ? null : name;
          return (
            <button
              key={name}
              type="button"
              role="menuitemradio"
              aria-checked={colourHere(state) === colour}
              tabIndex={-1}
              className="swatch"
              data-highlight-colour={colour ?? undefined}
              title={text(`table.colour.${name}`)}
              aria-label={text(`table.colour.${name}`)}
              onClick={() => act({ run: setCellColour(colour) })}
            />
          );
        })}
      </div>
      <div role="group" aria-label={text('table.delete')}>
        {item({ key: 'table.delete', run: deleteTable })}
      </div>
    </div>
  );
}

/** The colour of the cell that the cursor is in. */
function colourHere(state: EditorState): unknown {
  const { map, table, top, left } = selectedRect(state);
  return table.nodeAt(map.map[top * map.width + left] ?? 0)?.attrs['colour'];
}
