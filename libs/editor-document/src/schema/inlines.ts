import type { MarkSpec, NodeSpec } from 'prosemirror-model';
import { attributesOfDom, content, domAttributes, framed, sourced } from './attributes.js';

/** Inline content that is kept as it is. */
const kept = (name: string): NodeSpec => ({
  group: 'inline',
  inline: true,
  atom: true,
  draggable: true,
  attrs: sourced,
  parseDOM: [{ tag: `span[data-type=${name}]`, getAttrs: (dom) => attributesOfDom(dom) ?? false }],
  toDOM: (node) => ['span', domAttributes(node, { 'data-type': name })],
});

export const inlines = {
  text: { group: 'inline' },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    attrs: framed,
    parseDOM: [{ tag: 'br', getAttrs: attributesOfDom }],
    toDOM: () => ['br'],
  },
  image: kept('image'),
  emoticon: kept('emoticon'),
  date: kept('date'),
  status: kept('status'),
  /** A link without a text of its own: to a page, a file, a person. */
  reference: kept('reference'),
  inline_macro: kept('inline_macro'),
  unknown_inline: kept('unknown_inline'),
} satisfies Record<string, NodeSpec>;

/**
 * What all marks know: the element that they were, and its place among the elements around the same text (null for a new mark), so
 * that nesting and neighbours come back as they were.
 */
const attrs = { ...framed, place: { default: null, validate: 'number|null' } } as const;

const mark = (tag: string, ...otherTags: readonly string[]): MarkSpec => ({
  attrs,
  excludes: '',
  parseDOM: [tag, ...otherTags].map((name) => ({ tag: name, getAttrs: (dom) => attributesOfDom(dom) })),
  toDOM: (node) => content(tag, node),
});

export const marks = {
  link: {
    ...mark('a'),
    inclusive: false,
    parseDOM: [
      { tag: 'a[data-storage]', getAttrs: (dom) => attributesOfDom(dom) ?? false },
      {
        tag: 'a[href]',
        getAttrs: (dom) => {
          const anchor = dom.ownerDocument.createElement('a');
          anchor.setAttribute('href', dom.getAttribute('href') ?? '');
          return { frame: new XMLSerializer().serializeToString(anchor).replace(/ xmlns="[^"]*"/, '') };
        },
      },
    ],
    // No address: in the editor a link is text.
    toDOM: (node) => content('a', node),
  },
  strong: mark('strong', 'b'),
  em: mark('em', 'i'),
  underline: mark('u'),
  strike: mark('s', 'del', 'strike'),
  subscript: mark('sub'),
  superscript: mark('sup'),
  code: { ...mark('code', 'tt'), inclusive: true },
  colour: {
    ...mark('span'),
    attrs: { ...attrs, colour: { default: null, validate: 'string|null' } },
    parseDOM: [{ tag: 'span[data-mark=colour]', getAttrs: (dom) => attributesOfDom(dom) ?? false }],
    toDOM: (node) => {
      const colour = String(node.attrs['colour'] ?? 'inherit');
      // As it was written, and for who draws it so that it can be read on any ground.
      return content('span', node, { 'data-mark': 'colour', style: `color: ${colour}; --written: ${colour}` });
    },
  },
  /** Any other element around text: `span`, `small`, the marker of an inline comment. */
  wrapper: {
    ...mark('span'),
    parseDOM: [{ tag: 'span[data-mark=wrapper]', getAttrs: (dom) => attributesOfDom(dom) ?? false }],
    toDOM: (node) => content('span', node, { 'data-mark': 'wrapper' }),
  },
  /** A space that is written with a line end in the source. */
  line_end: {
    attrs: { written: { validate: 'string' } },
    inclusive: false,
    excludes: 'line_end',
    parseDOM: [{ tag: 'span[data-mark=line_end]', getAttrs: (dom) => attributesOfDom(dom) ?? false }],
    toDOM: (node) => content('span', node, { 'data-mark': 'line_end' }),
  },
} satisfies Record<string, MarkSpec>;
