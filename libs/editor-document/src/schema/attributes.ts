import type { Attrs, DOMOutputSpec, Mark, Node } from 'prosemirror-model';

/** Carries a node's attributes through the clipboard, so that what is copied loses nothing. */
const attributeName = 'data-storage';

export const framed = { frame: { default: null, validate: 'string|null' } } as const;
/** White space, comments and instructions before a block. */
export const block = { ...framed, before: { default: '', validate: 'string' } } as const;
export const sourced = { source: { validate: 'string' } } as const;

export const domAttributes = (node: Node | Mark, others: Record<string, string> = {}): Record<string, string> => ({
  ...others,
  [attributeName]: JSON.stringify(node.attrs),
});

/** What the clipboard says about a node's attributes, if this editor wrote it. */
export function attributesOfDom(dom: HTMLElement): Attrs | null {
  const written = dom.getAttribute(attributeName);
  if (written === null) return null;
  const value: unknown = JSON.parse(written);
  return typeof value === 'object' && value !== null ? (value as Attrs) : null;
}

export const content = (tag: string, node: Node | Mark, others?: Record<string, string>): DOMOutputSpec => [
  tag,
  domAttributes(node, others),
  0,
];
