import { attributeOf } from '@tributary/storage-format';
import type { Node, NodeSpec } from 'prosemirror-model';
import { elementOf } from '../frame.js';
import { attributesOfDom, block, content, domAttributes, sourced } from './attributes.js';

/** A block that is drawn as one element of the same meaning. */
const simple = (tag: string, spec: NodeSpec): NodeSpec => ({
  attrs: block,
  parseDOM: [{ tag, getAttrs: attributesOfDom }],
  toDOM: (node) => content(tag, node),
  ...spec,
});

/** A block that HTML has no element for. */
const named = (name: string, spec: NodeSpec): NodeSpec => ({
  attrs: block,
  parseDOM: [{ tag: `div[data-type=${name}]`, getAttrs: attributesOfDom }],
  toDOM: (node) => content('div', node, { 'data-type': name }),
  ...spec,
});

/** The columns of a layout's section, for the style sheet. */
const columnsOf = ({ attrs: { frame } }: Node): string =>
  (frame === null ? undefined : attributeOf(elementOf(String(frame)), 'ac:type')) ?? '';

/** A block that is kept as it is. */
const kept = (name: string): NodeSpec => ({
  group: 'block',
  atom: true,
  draggable: true,
  attrs: { ...sourced, before: block.before },
  parseDOM: [{ tag: `div[data-type=${name}]`, getAttrs: (dom) => attributesOfDom(dom) ?? false }],
  toDOM: (node) => ['div', domAttributes(node, { 'data-type': name })],
});

const headingLevels = [1, 2, 3, 4, 5, 6];

/** `form` says how a paragraph is written: as `p`; as text without an element; or not at all while it is empty and alone. */
const paragraph = simple('p', {
  group: 'block',
  content: 'inline*',
  attrs: { ...block, form: { default: 'element', validate: 'string' } },
});

const heading: NodeSpec = {
  group: 'block',
  content: 'inline*',
  defining: true,
  attrs: { ...block, level: { default: 2, validate: 'number' } },
  parseDOM: headingLevels.map((level) => ({
    tag: `h${level}`,
    getAttrs: (dom) => attributesOfDom(dom) ?? { level },
  })),
  toDOM: (node) => content(`h${String(node.attrs['level'])}`, node),
};

const listItem = { content: 'block+', defining: true };
const list = { group: 'block', content: 'list_item+' };

const task: NodeSpec = named('task', {
  content: 'block+',
  defining: true,
  attrs: { ...block, checked: { default: false, validate: 'boolean' } },
});

/** A macro whose body is characters: code above all. */
const plainMacro: NodeSpec = {
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  attrs: block,
  parseDOM: [
    { tag: 'pre[data-type=plain_macro]', preserveWhitespace: 'full', getAttrs: attributesOfDom },
    { tag: 'pre', preserveWhitespace: 'full' },
  ],
  toDOM: (node) => ['pre', domAttributes(node, { 'data-type': 'plain_macro' }), ['code', 0]],
};

const cellAttributes = {
  ...block,
  colspan: { default: 1, validate: 'number' },
  rowspan: { default: 1, validate: 'number' },
  /** Of each column that it spans, in pixels; 0 for one as wide as its text. */
  colwidth: { default: null },
  colour: { default: null, validate: 'string|null' },
};

/** A colour by its number; those that have names are drawn by the style sheet. */
const numberedColour = /^#[0-9a-f]{3,8}$/i;

const cell = (tag: string, tableRole: string): NodeSpec => ({
  content: 'block+',
  isolating: true,
  tableRole,
  attrs: cellAttributes,
  parseDOM: [
    {
      tag,
      getAttrs: (dom) =>
        attributesOfDom(dom) ?? {
          colspan: Number(dom.getAttribute('colspan')) || 1,
          rowspan: Number(dom.getAttribute('rowspan')) || 1,
        },
    },
  ],
  toDOM: (node: Node) => {
    const { colspan, rowspan, colour } = node.attrs as { colspan: number; rowspan: number; colour: string | null };
    return content(tag, node, {
      ...(colour !== null && numberedColour.test(colour) ? { style: `background-color: ${colour}` } : {}),
      ...(colspan > 1 ? { colspan: String(colspan) } : {}),
      ...(rowspan > 1 ? { rowspan: String(rowspan) } : {}),
      ...(colour === null ? {} : { 'data-highlight-colour': colour }),
    });
  },
});

/** `section` is the place of a row's `thead`, `tbody` or `tfoot` among those of its table; null for where the row before it is. */
const tableRow = simple('tr', {
  content: '(table_cell | table_header)+',
  tableRole: 'row',
  attrs: { ...block, section: { default: null, validate: 'number|null' } },
});

/** `widths` is what was known of the columns' widths when it was read, as JSON: whoever writes it sees whether they were changed. */
const table: NodeSpec = {
  ...simple('table', { attrs: { ...block, widths: { default: null, validate: 'string|null' } } }),
  content: 'table_row+',
  group: 'block',
  tableRole: 'table',
  isolating: true,
  toDOM: (node) => ['table', domAttributes(node), ['tbody', 0]],
};

export const blocks = {
  paragraph,
  heading,
  blockquote: simple('blockquote', { group: 'block', content: 'block+', defining: true }),
  bullet_list: simple('ul', list),
  ordered_list: simple('ol', list),
  list_item: simple('li', listItem),
  task_list: named('task_list', { group: 'block', content: 'task+' }),
  task,
  preformatted: named('preformatted', { group: 'block', content: 'inline*', whitespace: 'pre', defining: true }),
  plain_macro: plainMacro,
  rich_macro: named('rich_macro', { group: 'block', content: 'block+', defining: true }),
  division: named('division', { group: 'block', content: 'block+', defining: true }),
  definition_list: simple('dl', { group: 'block', content: '(definition_term | definition)+' }),
  definition_term: simple('dt', { content: 'inline*', defining: true }),
  definition: simple('dd', { content: 'block+', defining: true }),
  table,
  table_row: tableRow,
  table_cell: cell('td', 'cell'),
  table_header: cell('th', 'header_cell'),
  layout: named('layout', { group: 'block', content: 'layout_section+' }),
  layout_section: named('layout_section', {
    content: 'layout_cell+',
    toDOM: (node) => content('div', node, { 'data-type': 'layout_section', 'data-columns': columnsOf(node) }),
  }),
  layout_cell: named('layout_cell', { content: 'block+', isolating: true }),
  rule: { ...simple('hr', { group: 'block' }), toDOM: (node) => ['hr', domAttributes(node)] },
  block_macro: kept('block_macro'),
  unknown_block: kept('unknown_block'),
} satisfies Record<string, NodeSpec>;
