import type { Command, EditorState } from 'prosemirror-state';
import type { ReactNode } from 'react';
import { useTexts, type MessageKey } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { closeElementDialog } from '../elements/element-dialogs';
import { Menu, MenuItem } from './menu';
import { useMoves } from './use-moves';

export interface MenuAction {
  readonly key: MessageKey;
  readonly run: Command;
  /** It is likely to be wanted again at once. */
  readonly staysOpen?: boolean;
  /** For one of several, of which one holds: whether it does. */
  readonly isChosen?: boolean;
}

interface Props {
  readonly surface: EditorSurface;
  readonly state: EditorState;
  readonly title: MessageKey;
  readonly icon: ReactNode;
  /** Where the block is drawn that it belongs to, in the window. */
  readonly box: DOMRect;
  /** How far from the block's right end, in pixels. */
  readonly indent?: number;
  readonly isOpen: boolean;
  readonly open: Command;
  readonly groups: readonly (readonly MenuAction[])[];
  /** What it has beside actions of one line; `act` closes it and does one. */
  readonly more?: (act: (run: Command) => void) => ReactNode;
  /** Actions behind that. */
  readonly last?: readonly MenuAction[];
}

const buttonSize = 32;
const menuWidth = 240;
const menuHeight = 360;

/** A button at the upper corner of the block that the cursor is in, and the menu that it opens. */
export function BlockMenu(props: Props) {
  const { surface, title, icon, box, indent = 0, isOpen, open } = props;
  const { text } = useTexts();
  useMoves();
  const right = Math.max(8, innerWidth - box.right + indent);
  // Below the toolbar, where that lies over the block's top.
  const bar = document.querySelector('.editor-head')?.getBoundingClientRect().bottom ?? 0;
  const top = Math.max(bar + 4, box.top - buttonSize - 2);
  if (box.bottom < bar || box.top > innerHeight) return null;
  return (
    <>
      <button
        type="button"
        className="tool block-handle"
        style={{ top, right }}
        title={text(title)}
        aria-label={text(title)}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => surface.run(isOpen ? closeElementDialog : open)}
      >
        {icon}
      </button>
      {isOpen && <OpenMenu {...props} style={menuPlace(top + buttonSize + 4, right)} />}
    </>
  );
}

/** At the button, but wholly in the window: further left where that ends, and higher where too little of the menu would be seen. */
const menuPlace = (below: number, right: number) => ({
  top: Math.max(8, Math.min(below, innerHeight - menuHeight - 8)),
  right: Math.max(8, Math.min(right, innerWidth - menuWidth - 8)),
});

interface MenuProps extends Props {
  readonly style: { readonly top: number; readonly right: number };
}

function OpenMenu({ surface, state, title, groups, more, last = [], style }: MenuProps) {
  const { text } = useTexts();
  const act = (run: Command) => {
    surface.run(closeElementDialog);
    surface.run(run);
  };
  const item = ({ key, run, staysOpen, isChosen }: MenuAction) => (
    <MenuItem
      key={key}
      label={text(key)}
      isChosen={isChosen}
      isDisabled={!run(state)}
      act={() => (staysOpen ? void run(surface.view.state, surface.view.dispatch, surface.view) : act(run))}
    />
  );
  const group = (actions: readonly MenuAction[]) => (
    <div key={actions[0]?.key} role="group" aria-label={text(actions[0]?.key ?? title)}>
      {actions.map(item)}
    </div>
  );
  return (
    <Menu
      label={text(title)}
      style={{ ...style, maxHeight: `calc(100vh - ${style.top + 8}px)` }}
      close={() => surface.run(closeElementDialog)}
      left={() => closeElementDialog(surface.view.state, surface.view.dispatch)}
    >
      {groups.map(group)}
      {more?.(act)}
      {last.length > 0 && group(last)}
    </Menu>
  );
}
