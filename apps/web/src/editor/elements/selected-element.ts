import { elementOf, frameOf, slotOf, sourceOf } from '@tributary/editor-document';
import { isMacro, macroCallOf, type StorageElement } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { NodeSelection, type Command, type EditorState } from 'prosemirror-state';

/** Something with properties of its own that a writer can set. */
export interface SelectedElement {
  readonly kind: 'macro' | 'status' | 'image' | 'date';
  readonly element: StorageElement;
  readonly position: number;
  /** Whether its body is edited in place, so that only its frame is kept apart. */
  readonly isFramed: boolean;
}

const codeFrame = elementOf(
  '<ac:structured-macro ac:name="code" ac:schema-version="1"><ac:plain-text-body /></ac:structured-macro>',
);
/** The macro whose body is edited in place, without it. */
export const macroFrame = ({ attrs }: Node): StorageElement =>
  attrs['frame'] === null ? codeFrame : elementOf(String(attrs['frame']));

/** Whether a node is a macro whose body is edited in place. */
export const isFramed = ({ type }: Node): boolean => type.name === 'rich_macro' || type.name === 'plain_macro';

const kindByNode: Readonly<Record<string, SelectedElement['kind']>> = {
  block_macro: 'macro',
  inline_macro: 'macro',
  status: 'status',
  image: 'image',
  date: 'date',
};

/** What is selected, or else the innermost macro around the cursor. */
export function selectedElement({ selection }: EditorState): SelectedElement | undefined {
  const node = selection instanceof NodeSelection ? selection.node : undefined;
  const kind = kindByNode[node?.type.name ?? ''];
  if (node && kind) {
    return { kind, element: elementOf(String(node.attrs['source'])), position: selection.from, isFramed: false };
  }
  const { $from } = selection;
  const framed = (found: Node, position: number): SelectedElement | undefined => {
    const element = macroFrame(found);
    return isMacro(element) ? { kind: 'macro', element, position, isFramed: true } : undefined;
  };
  if (node && isFramed(node)) return framed(node, selection.from);
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (isFramed($from.node(depth))) return framed($from.node(depth), $from.before(depth));
  }
  return undefined;
}

export const macroNameOf = ({ element }: SelectedElement): string => macroCallOf(element).name;

/** Writes what is selected anew; what it was is found by `undo`. */
export const replaceElement =
  ({ position, isFramed }: SelectedElement, changed: StorageElement): Command =>
  (state, dispatch) => {
    const value = isFramed ? frameOf(changed, slotOf(changed).children) : sourceOf(changed);
    const name = isFramed ? 'frame' : 'source';
    const node = state.doc.nodeAt(position);
    if (node === null || !(name in node.attrs)) return false;
    if (node.attrs[name] === value || !dispatch) return true;
    const transaction = state.tr.setNodeAttribute(position, name, value);
    if (!isFramed) transaction.setSelection(NodeSelection.create(transaction.doc, position));
    dispatch(transaction);
    return true;
  };
