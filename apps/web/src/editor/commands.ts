import { markType, nodeType, type MarkName, type NodeName } from '@tributary/editor-document';
import { lift, setBlockType, wrapIn } from 'prosemirror-commands';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';

export function isMarked({ doc, selection, storedMarks }: EditorState, name: MarkName): boolean {
  const type = markType(name);
  const { from, to, empty, $from } = selection;
  return empty ? (storedMarks ?? $from.marks()).some((mark) => mark.type === type) : doc.rangeHasMark(from, to, type);
}

/** Sets a mark on all of the selection, or takes it away; the same text never has it twice. */
export const toggleMark =
  (name: MarkName): Command =>
  (state, dispatch) => {
    const { from, to, empty, $from } = state.selection;
    const type = markType(name);
    if (empty && !$from.parent.type.allowsMarkType(type)) return false;
    if (!dispatch) return true;
    const isSet = isMarked(state, name);
    if (empty) {
      dispatch(isSet ? state.tr.removeStoredMark(type) : state.tr.addStoredMark(type.create()));
      return true;
    }
    const cleared = state.tr.removeMark(from, to, type);
    dispatch((isSet ? cleared : cleared.addMark(from, to, type.create())).scrollIntoView());
    return true;
  };

/** The innermost node of a kind around the selection. */
export function around<Name extends NodeName>({ selection }: EditorState, ...names: readonly Name[]): Name | undefined {
  for (let depth = selection.$from.depth; depth > 0; depth -= 1) {
    const found = names.find((name) => name === selection.$from.node(depth).type.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const setHeading = (level: number): Command =>
  level === 0 ? setBlockType(nodeType('paragraph')) : setBlockType(nodeType('heading'), { level });

export const headingLevel = ({ selection: { $from } }: EditorState): number | undefined =>
  $from.parent.type.name === 'heading'
    ? Number($from.parent.attrs['level'])
    : $from.parent.type.name === 'paragraph'
      ? 0
      : undefined;

const itemOf = { bullet_list: 'list_item', ordered_list: 'list_item', task_list: 'task' } as const;

/** Makes a list of the selected blocks; takes them out of one of that kind; turns a list of another kind into it. */
export const toggleList =
  (name: 'bullet_list' | 'ordered_list' | 'task_list'): Command =>
  (state, dispatch) => {
    const current = around(state, 'bullet_list', 'ordered_list', 'task_list');
    if (current === name) return liftListItem(nodeType(itemOf[name]))(state, dispatch);
    if (current === undefined) return wrapInList(nodeType(name))(state, dispatch);
    if (itemOf[current] !== itemOf[name]) return false;
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type.name !== current) continue;
      const { before } = node.attrs as { before: string };
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), nodeType(name), { before }));
      return true;
    }
    return false;
  };

const eitherItem =
  (make: (item: ReturnType<typeof nodeType>) => Command): Command =>
  (state, dispatch, view) => {
    const item = around(state, 'list_item', 'task');
    return item !== undefined && make(nodeType(item))(state, dispatch, view);
  };

export const splitItem = eitherItem((item) =>
  item.name === 'task' ? splitListItem(item, { checked: false }) : splitListItem(item),
);
export const sinkItem = eitherItem(sinkListItem);
export const liftItem = eitherItem(liftListItem);

export const toggleQuote: Command = (state, dispatch) =>
  around(state, 'blockquote') === undefined ? wrapIn(nodeType('blockquote'))(state, dispatch) : lift(state, dispatch);

export const insertBreak: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodeType('hard_break').create(), true).scrollIntoView());
  return true;
};
