import { Columns3 } from 'lucide-react';
import type { EditorState } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import type { EditorSurface } from '../editor-surface';
import { openElementDialog, openLayoutMenu } from '../elements/element-dialogs';
import { BlockMenu, type MenuAction } from '../menus/block-menu';
import { useEditorState } from '../use-surface';
import {
  addSectionBelow,
  deleteSection,
  layoutTypeOf,
  layoutTypes,
  removeLayout,
  sectionAround,
  setLayoutType,
} from './layout-commands';

const others: readonly (readonly MenuAction[])[] = [
  [
    { key: 'layout.addBelow', run: addSectionBelow },
    { key: 'layout.remove', run: removeLayout },
  ],
];
const deletion: readonly MenuAction[] = [{ key: 'layout.delete', run: deleteSection }];
/** Beside the button of a table that fills a column. */
const besideTable = 40;

/** The menu at the section of a layout that the cursor is in; nothing elsewhere. */
export function LayoutMenu({ surface }: { surface: EditorSurface }) {
  const state = useEditorState(surface, (now) => sectionAround(now) !== undefined && now);
  const section = sectionAround(state);
  const dom = section && surface.view.nodeDOM(section.position);
  if (section === undefined || !(dom instanceof HTMLElement)) return null;
  return (
    <BlockMenu
      surface={surface}
      state={state}
      title="layout.menu"
      icon={<Columns3 size={16} aria-hidden />}
      box={dom.getBoundingClientRect()}
      indent={isInTable(state) ? besideTable : 0}
      isOpen={openElementDialog(state) === 'layout'}
      open={openLayoutMenu}
      groups={[kinds(state), ...others]}
      last={deletion}
    />
  );
}

function kinds(state: EditorState): MenuAction[] {
  const section = sectionAround(state);
  const here = section && layoutTypeOf(section);
  return layoutTypes.map((type) => ({
    key: `layout.type.${type}` as const,
    run: setLayoutType(type),
    isChosen: type === here,
  }));
}
