import { isMacro, macroCallOf, type StorageElement, type StorageNode } from '@tributary/storage-format';
import type { MarkName, NodeName } from '../schema/schema.js';

/** Elements that are marks, by the mark. */
export const markByElement: Readonly<Record<string, MarkName>> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  u: 'underline',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  sub: 'subscript',
  sup: 'superscript',
  code: 'code',
  tt: 'code',
  a: 'link',
  'ac:link': 'link',
  span: 'wrapper',
  small: 'wrapper',
  big: 'wrapper',
  cite: 'wrapper',
  abbr: 'wrapper',
  ins: 'wrapper',
  kbd: 'wrapper',
  samp: 'wrapper',
  var: 'wrapper',
  q: 'wrapper',
  font: 'wrapper',
  'ac:inline-comment-marker': 'wrapper',
};

/** The node that an element is, and those that its children are. */
export type Structure = readonly [NodeName, Readonly<Record<string, NodeName>>];

/** Elements with one kind of children, by the node that they are and those that their children are. */
export const structures: Readonly<Record<string, Structure>> = {
  ul: ['bullet_list', { li: 'list_item' }],
  ol: ['ordered_list', { li: 'list_item' }],
  dl: ['definition_list', { dt: 'definition_term', dd: 'definition' }],
  'ac:task-list': ['task_list', { 'ac:task': 'task' }],
  'ac:layout': ['layout', { 'ac:layout-section': 'layout_section' }],
  'ac:layout-section': ['layout_section', { 'ac:layout-cell': 'layout_cell' }],
  tr: ['table_row', { td: 'table_cell', th: 'table_header' }],
};
/** Elements that hold text, by the node. */
export const textBlocks: Readonly<Record<string, NodeName>> = {
  p: 'paragraph',
  pre: 'preformatted',
  dt: 'definition_term',
};
/** Elements that hold blocks, by the node. */
export const containers: Readonly<Record<string, NodeName>> = {
  blockquote: 'blockquote',
  div: 'division',
  li: 'list_item',
  dd: 'definition',
  'ac:task': 'task',
  'ac:layout-cell': 'layout_cell',
  td: 'table_cell',
  th: 'table_header',
};
const inlineAtoms = new Set(['br', 'ac:image', 'ac:emoticon', 'time', 'ac:placeholder']);
/** Macros without a body that stand in a line of text. */
const inlineMacros = new Set(['status', 'anchor', 'jira', 'mathinline', 'profile-picture', 'span', 'im', 'view-file']);

export const hasBody = (macro: StorageElement): boolean => {
  const { plainBody, richBody } = macroCallOf(macro);
  return plainBody !== undefined || richBody !== undefined;
};

/** Whether a node stands in a line of text. What could be either goes on with the line that it follows. */
export function isInline(node: StorageNode, followsText: boolean): boolean {
  if (node.type === 'text' || node.type === 'cdata') return true;
  if (node.type !== 'element') return followsText;
  if (isMacro(node)) return !hasBody(node) && (followsText || inlineMacros.has(macroCallOf(node).name));
  return node.name in markByElement || inlineAtoms.has(node.name);
}

/** White space in XML; a no-break space is a character. */
const blank = /^[ \t\r\n]*$/;

/** Whether nothing of a node is seen between blocks. */
export const isIgnorable = (node: StorageNode): boolean =>
  node.type === 'comment' || node.type === 'instruction' || (node.type === 'text' && blank.test(node.value));
