import { NodeSelection, Plugin, PluginKey, type Command, type EditorState } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import { sectionAround } from '../layouts/layout-commands';
import { selectedElement } from './selected-element';

/** What the writer is asked about an element; `properties` are those of what is selected. */
export type ElementDialogKind = 'macros' | 'emoji' | 'colour' | 'table' | 'layout' | 'properties' | NewMacro;

/** A macro that the writer has chosen to put in. */
export interface NewMacro {
  readonly macro: string;
}

const key = new PluginKey<ElementDialogKind | undefined>('element dialogs');

export const openElementDialog = (state: EditorState): ElementDialogKind | undefined => key.getState(state);

const set =
  (kind: ElementDialogKind | null): Command =>
  ({ tr }, dispatch) => {
    dispatch?.(tr.setMeta(key, kind));
    return true;
  };
export const closeElementDialog = set(null);
export const browseMacros = set('macros');
export const addMacro = (name: string) => set({ macro: name });
export const chooseEmoji = set('emoji');
export const chooseColour = set('colour');
export const openTableMenu: Command = (state, dispatch, view) =>
  isInTable(state) && set('table')(state, dispatch, view);

export const openLayoutMenu: Command = (state, dispatch, view) =>
  sectionAround(state) !== undefined && set('layout')(state, dispatch, view);

/** Where the innermost table around the cursor begins; -1 outside of all. */
function tableAround({ selection: { $from } }: EditorState): number {
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type.name === 'table') return $from.before(depth);
  return -1;
}

/** Asks for the properties of what is selected, or of the innermost macro, table or layout around the cursor. */
export const editProperties: Command = (state, dispatch, view) => {
  const position = selectedElement(state)?.position ?? -1;
  const [table, section] = [tableAround(state), sectionAround(state)?.position ?? -1];
  if (table > Math.max(position, section)) return openTableMenu(state, dispatch, view);
  if (section > position) return openLayoutMenu(state, dispatch, view);
  return position >= 0 && set('properties')(state, dispatch, view);
};

/** Selects the node at a place and asks for its properties, if it has any. */
export const editPropertiesAt =
  (position: number): Command =>
  (state, dispatch) => {
    if (state.doc.nodeAt(position) === null) return false;
    const selected = state.tr.setSelection(NodeSelection.create(state.doc, position));
    if (selectedElement(state.apply(selected))?.position !== position) return false;
    dispatch?.(selected.setMeta(key, 'properties'));
    return true;
  };

/** Nodes whose properties a click asks for; others are first selected by it. */
const opensByClick = new Set(['status', 'date', 'inline_macro']);

/** Which dialog is open, and what opens one: Enter, clicks and double clicks on an element. */
export const elementDialogs = new Plugin<ElementDialogKind | undefined>({
  key,
  state: {
    init: () => undefined,
    apply: (transaction, open, _before, state) => {
      const asked = transaction.getMeta(key) as ElementDialogKind | null | undefined;
      if (asked !== undefined) return asked ?? undefined;
      // What it was about may have gone meanwhile: a file that was on its way has come in its place.
      return open === 'properties' && selectedElement(state) === undefined ? undefined : open;
    },
  },
  props: {
    handleKeyDown(view, event) {
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
      const { selection } = view.state;
      const isOnElement =
        selection instanceof NodeSelection && selectedElement(view.state)?.position === selection.from;
      return isOnElement && editProperties(view.state, view.dispatch, view);
    },
    handleClickOn: (view, _position, node, nodePosition, _event, direct) =>
      direct && opensByClick.has(node.type.name) && editPropertiesAt(nodePosition)(view.state, view.dispatch, view),
    handleDoubleClickOn: (view, _position, _node, nodePosition, _event, direct) =>
      direct && editPropertiesAt(nodePosition)(view.state, view.dispatch, view),
  },
});
