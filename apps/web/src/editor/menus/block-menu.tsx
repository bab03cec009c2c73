import type { Command, EditorState } from 'prosemirror-state';
import { useRef, type ReactNode, type RefObject } from 'react';
import { MenuSection } from 'react-aria-components/Menu';
import { MenuItem, OpenMenu } from '../../frame/menu';
import { useTexts, type MessageKey } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { closeElementDialog } from '../elements/element-dialogs';
import { useMoves } from './use-moves';
import './menus.css';

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
  /** A group that it has beside actions of one line. */
  readonly more?: (close: () => void) => ReactNode;
  /** Actions behind that. */
  readonly last?: readonly MenuAction[];
}

const buttonSize = 32;

/** A button at the upper corner of the block that the cursor is in, and the menu that it opens. */
export function BlockMenu(props: Props) {
  const { surface, title, icon, box, indent = 0, isOpen, open } = props;
  const { text } = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  useMoves();
  const right = Math.max(8, innerWidth - box.right + indent);
  // Below the toolbar, where that lies over the block's top.
  const bar = document.querySelector('.editor-head')?.getBoundingClientRect().bottom ?? 0;
  const top = Math.max(bar + 4, box.top - buttonSize - 2);
  if (box.bottom < bar || box.top > innerHeight) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool block-handle"
        style={{ top, right }}
        title={text(title)}
        aria-label={text(title)}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => surface.run(open)}
      >
        {icon}
      </button>
      {isOpen && <Actions {...props} button={button} />}
    </>
  );
}

interface ActionsProps extends Props {
  readonly button: RefObject<HTMLButtonElement | null>;
}

function Actions({ surface, state, title, groups, more, last = [], button }: ActionsProps) {
  const { text } = useTexts();
  const close = () => void closeElementDialog(surface.view.state, surface.view.dispatch);
  const item = ({ key, run, staysOpen = false }: MenuAction) => (
    <MenuItem
      key={key}
      name={key}
      label={text(key)}
      isDisabled={!run(state)}
      staysOpen={staysOpen}
      close={close}
      act={() => (staysOpen ? void run(surface.view.state, surface.view.dispatch, surface.view) : surface.run(run))}
    />
  );
  const group = (actions: readonly MenuAction[]) => (
    <MenuSection
      key={actions[0]?.key}
      aria-label={text(actions[0]?.key ?? title)}
      {...(actions.some(({ isChosen }) => isChosen !== undefined) && { selectionMode: 'single' })}
      selectedKeys={actions.filter(({ isChosen }) => isChosen).map(({ key }) => key)}
    >
      {actions.map(item)}
    </MenuSection>
  );
  return (
    <OpenMenu label={text(title)} button={button} close={close}>
      {groups.map(group)}
      {more?.(close)}
      {last.length > 0 && group(last)}
    </OpenMenu>
  );
}
