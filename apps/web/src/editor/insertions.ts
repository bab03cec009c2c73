import { element, macro, serialiseStorage, storage, type Buildable } from '@tributary/storage-format';
import { nodeType, type NodeName } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import { Selection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { editPropertiesAt } from './elements/element-dialogs';
import { emptySection, type LayoutType } from './layouts/layout-commands';

const written = (node: Buildable): string => serialiseStorage(storage(node));
const create = (type: NodeName, attributes: Record<string, unknown> | null, ...content: Node[]): Node =>
  nodeType(type).create(attributes, content);
const paragraph = (): Node => create('paragraph', null);
const bare = (): Node => create('paragraph', { form: 'filler' });

/** Puts a block where the selection is, and the cursor into it; an empty paragraph gives way to it. */
export const insertBlock =
  (make: () => Node): Command =>
  (state, dispatch) => {
    const { $from, to: end } = state.selection;
    const isEmpty = $from.depth > 0 && $from.parent.isTextblock && $from.parent.content.size === 0;
    const behind = $from.depth > 0 ? $from.end() + 1 : end;
    const [from, to] = isEmpty ? [$from.before(), $from.after()] : [behind, behind];
    const container = $from.depth > 0 ? $from.node(-1) : state.doc;
    const node = make();
    if (!container.type.contentMatch.matchType(node.type)) return false;
    if (!dispatch) return true;
    const transaction = state.tr.replaceRangeWith(from, to, node);
    // There must be a way to write on below.
    const below = from + node.nodeSize;
    if (below <= transaction.doc.content.size && !transaction.doc.resolve(below).nodeAfter)
      transaction.insert(below, paragraph());
    transaction.setSelection(Selection.near(transaction.doc.resolve(node.isAtom ? below : from + 1)));
    dispatch(transaction.scrollIntoView());
    return true;
  };

/** Puts an inline node into the text, and what follows it. */
export const insertInline =
  (source: string, type: NodeName, behind = ''): Command =>
  (state, dispatch) => {
    if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false;
    const transaction = state.tr.replaceSelectionWith(create(type, { source }), true);
    dispatch?.((behind === '' ? transaction : transaction.insertText(behind)).scrollIntoView());
    return true;
  };

const panelMacros = ['info', 'note', 'warning', 'tip', 'panel', 'expand'] as const;
export type PanelMacro = (typeof panelMacros)[number];

export const insertPanel = (name: PanelMacro): Command =>
  insertBlock(() => create('rich_macro', { frame: written(macro(name, {}, { rich: [] })) }, paragraph()));

export const insertCode = insertBlock(() => create('plain_macro', null));
export const insertRule = insertBlock(() => create('rule', null));
export const insertTaskList = insertBlock(() => create('task_list', null, create('task', null, bare())));

const tableSize = { rows: 3, columns: 3 };

export const insertTable = insertBlock(() => {
  const row = (type: NodeName) =>
    create('table_row', null, ...Array.from({ length: tableSize.columns }, () => create(type, null, bare())));
  const body = Array.from({ length: tableSize.rows - 1 }, () => row('table_cell'));
  return create('table', null, row('table_header'), ...body);
});

export const insertLayout = (type: LayoutType): Command =>
  insertBlock(() => create('layout', null, emptySection(type)));

export const statusColours = ['Grey', 'Red', 'Yellow', 'Green', 'Blue', 'Purple'] as const;

/** Puts an inline node into the text and asks for its properties. */
const insertAndEdit =
  (source: () => string, type: NodeName): Command =>
  (state, dispatch, view) => {
    let inserted: Transaction | undefined;
    if (!insertInline(source(), type)(state, (transaction) => (inserted = transaction), view) || !inserted)
      return false;
    if (!dispatch) return true;
    dispatch(inserted);
    const { nodeBefore, pos } = inserted.selection.$from;
    return !view || nodeBefore === null || editPropertiesAt(pos - nodeBefore.nodeSize)(view.state, dispatch, view);
  };

export const insertStatus: Command = insertAndEdit(
  () => written(macro('status', { colour: 'Grey', title: 'TODO' })),
  'status',
);

/** A day as storage format writes it, in the writer's time zone. */
const today = (): string => new Date().toLocaleDateString('sv-SE');
export const insertDate: Command = insertAndEdit(() => written(element('time', { datetime: today() })), 'date');

/** Attributes of an `ac:image`, by name. */
export type PictureAttributes = Readonly<Record<string, string>>;
export const imageSource = (fileName: string, attributes: PictureAttributes = {}): string =>
  written(element('ac:image', attributes, element('ri:attachment', { 'ri:filename': fileName })));
export const fileLink = (fileName: string): string =>
  written(element('ac:link', {}, element('ri:attachment', { 'ri:filename': fileName })));

export const selectedText = ({ doc, selection }: EditorState): string =>
  doc.textBetween(selection.from, selection.to, ' ');
