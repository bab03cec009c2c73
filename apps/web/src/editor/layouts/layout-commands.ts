import { elementOf, nodeType, sourceOf, withAttribute } from '@tributary/editor-document';
import { attributeOf, element } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { Selection, type Command, type EditorState } from 'prosemirror-state';

/** The kinds of sections that storage format knows, with the number of their columns. */
const columnsByType = {
  single: 1,
  two_equal: 2,
  two_left_sidebar: 2,
  two_right_sidebar: 2,
  three_equal: 3,
  three_with_sidebars: 3,
} as const;
export type LayoutType = keyof typeof columnsByType;
export const layoutTypes = Object.keys(columnsByType) as LayoutType[];

const typeName = 'ac:type';

interface Section {
  readonly node: Node;
  readonly position: number;
}

/** The section of a layout that the cursor is in. */
export function sectionAround({ selection: { $from } }: EditorState): Section | undefined {
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type.name === 'layout_section')
      return { node: $from.node(depth), position: $from.before(depth) };
  return undefined;
}

const frameOf = ({ node }: Section) => elementOf(String(node.attrs['frame'] ?? sourceOf(element('ac:layout-section'))));

/** The kind of a section; undefined for one that storage format doesn't know. */
export const layoutTypeOf = (section: Section): LayoutType | undefined =>
  layoutTypes.find((type) => type === attributeOf(frameOf(section), typeName));

const emptyCell = (): Node => nodeType('layout_cell').create(null, nodeType('paragraph').create());

const isEmpty = (cell: Node): boolean =>
  cell.children.every(({ type, content }) => type.name === 'paragraph' && content.size === 0);

/** A section with empty columns. */
export const emptySection = (type: LayoutType): Node =>
  nodeType('layout_section').create(
    { frame: sourceOf(element('ac:layout-section', { [typeName]: type })) },
    Array.from({ length: columnsByType[type] }, emptyCell),
  );

/** Gives the section around the cursor other columns; the text of columns that there is no room for goes below that of the last one. */
export const setLayoutType =
  (type: LayoutType): Command =>
  (state, dispatch) => {
    const section = sectionAround(state);
    if (section === undefined) return false;
    if (!dispatch) return true;
    const { node, position } = section;
    const transaction = state.tr;
    const wanted = columnsByType[type];
    const surplus: number[] = [];
    let end = position + node.nodeSize - 1;
    for (const cell of node.children.slice(wanted).reverse()) {
      end -= cell.nodeSize;
      if (isEmpty(cell)) transaction.delete(end, end + cell.nodeSize);
      else surplus.push(end);
    }
    for (const start of surplus) transaction.join(transaction.mapping.map(start));
    const missing = Array.from({ length: Math.max(0, wanted - node.childCount) }, emptyCell);
    if (missing.length > 0) transaction.insert(position + node.nodeSize - 1, missing);
    const frame = sourceOf(withAttribute(frameOf(section), typeName, type));
    dispatch(transaction.setNodeAttribute(position, 'frame', frame).scrollIntoView());
    return true;
  };

/** Puts a section of the same kind below the one around the cursor, and the cursor into it. */
export const addSectionBelow: Command = (state, dispatch) => {
  const section = sectionAround(state);
  if (section === undefined) return false;
  const below = section.position + section.node.nodeSize;
  const transaction = state.tr.insert(below, emptySection(layoutTypeOf(section) ?? 'single'));
  dispatch?.(transaction.setSelection(Selection.near(transaction.doc.resolve(below + 1))).scrollIntoView());
  return true;
};

/** Removes the section around the cursor, and the layout with its last one. */
export const deleteSection: Command = (state, dispatch) => {
  const section = sectionAround(state);
  if (section === undefined) return false;
  const $section = state.doc.resolve(section.position);
  const [from, to] =
    $section.parent.childCount === 1
      ? [$section.before(), $section.after()]
      : [section.position, section.position + section.node.nodeSize];
  const transaction = state.tr.delete(from, to);
  dispatch?.(transaction.setSelection(Selection.near(transaction.doc.resolve(from))).scrollIntoView());
  return true;
};

/** Takes a layout away from around its text, column after column. */
export const removeLayout: Command = (state, dispatch) => {
  const section = sectionAround(state);
  if (section === undefined) return false;
  const $section = state.doc.resolve(section.position);
  const text = $section.parent.children.flatMap((each) => each.children.flatMap((cell) => cell.children));
  const transaction = state.tr.replaceWith($section.before(), $section.after(), text);
  dispatch?.(transaction.setSelection(Selection.near(transaction.doc.resolve($section.before()))).scrollIntoView());
  return true;
};
