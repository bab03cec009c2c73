import type { EditorState } from 'prosemirror-state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  selectedRect,
  splitCell,
  toggleHeaderColumn,
  toggleHeaderRow,
} from 'prosemirror-tables';
import { Table } from 'lucide-react';
import { MenuSection } from 'react-aria-components/Menu';
import { MenuItem } from '../../frame/menu';
import { useTexts } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { openElementDialog, openTableMenu } from '../elements/element-dialogs';
import { BlockMenu, type MenuAction } from '../menus/block-menu';
import { useEditorState } from '../use-surface';
import {
  cellColours,
  fitColumns,
  mergeSelected,
  narrowColumn,
  selectTable,
  setCellColour,
  sortByColumn,
  widenColumn,
} from './table-commands';
import './tables.css';

const groups: readonly (readonly MenuAction[])[] = [
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
    { key: 'table.merge', run: mergeSelected },
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

const deletion: readonly MenuAction[] = [{ key: 'table.delete', run: deleteTable }];
const swatches = ['none', ...cellColours] as const;

/** Where the table around the cursor is drawn. */
function tableBox(surface: EditorSurface, state: EditorState): DOMRect | undefined {
  const dom = surface.view.nodeDOM(selectedRect(state).tableStart - 1);
  return dom instanceof HTMLElement ? (dom.querySelector('table') ?? dom).getBoundingClientRect() : undefined;
}

/** The menu at the table that the cursor is in; nothing elsewhere. Alt+Enter opens it too. */
export function TableMenu({ surface }: { surface: EditorSurface }) {
  const state = useEditorState(surface, (now) => isInTable(now) && now);
  const box = isInTable(state) ? tableBox(surface, state) : undefined;
  if (box === undefined) return null;
  return (
    <BlockMenu
      surface={surface}
      state={state}
      title="table.menu"
      icon={<Table size={16} aria-hidden />}
      box={box}
      isOpen={openElementDialog(state) === 'table'}
      open={openTableMenu}
      groups={groups}
      more={(close) => <CellColours surface={surface} state={state} close={close} />}
      last={deletion}
    />
  );
}

interface ColoursProps {
  readonly surface: EditorSurface;
  readonly state: EditorState;
  close(): void;
}

function CellColours({ surface, state, close }: ColoursProps) {
  const { text } = useTexts();
  return (
    <MenuSection
      className="cell-colours"
      aria-label={text('table.colour')}
      selectionMode="single"
      selectedKeys={[colourHere(state) ?? 'none']}
    >
      {swatches.map((name) => {
        const colour = name === 'none' ? null : name;
        return (
          <MenuItem
            key={name}
            name={name}
            label={text(`table.colour.${name}`)}
            close={close}
            act={() => surface.run(setCellColour(colour))}
          >
            <span className="swatch" data-highlight-colour={colour ?? undefined} title={text(`table.colour.${name}`)}>
              <span className="visually-hidden">{text(`table.colour.${name}`)}</span>
            </span>
          </MenuItem>
        );
      })}
    </MenuSection>
  );
}

/** The colour of the cell that the cursor is in. */
function colourHere(state: EditorState): string | null {
  const { map, table, top, left } = selectedRect(state);
  return (table.nodeAt(map.map[top * map.width + left] ?? 0)?.attrs['colour'] as string | null | undefined) ?? null;
}
