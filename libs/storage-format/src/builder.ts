import type { StorageDocument, StorageElement, StorageNode, StorageText } from './document.js';

/** What stands for a node in a built document: a node, or a string for text. */
export type Buildable = StorageNode | string;

const nodeOf = (part: Buildable): StorageNode => (typeof part === 'string' ? text(part) : part);

export function text(value: string): StorageText {
  return { type: 'text', value };
}

/** An element: `element('p', {}, 'some ', element('strong', {}, 'text'))`. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Buildable[]
): StorageElement {
  const written = Object.entries(attributes).map(([attributeName, value]) => ({ name: attributeName, value }));
  return { ...elementAround(name, children.map(nodeOf)), attributes: written };
}

/** An element of nodes, however many: each argument of a call takes a place on the stack. */
export const elementAround = (name: string, children: readonly StorageNode[]): StorageElement => ({
  type: 'element',
  name,
  attributes: [],
  children,
});

/** The body of a macro that has one: characters, or nodes. */
export type MacroBody = { readonly plain: string } | { readonly rich: readonly Buildable[] };

/** A macro with its parameters; the default parameter has the empty name. */
export function macro(
  name: string,
  parameters: Readonly<Record<string, Buildable>> = {},
  body?: MacroBody,
): StorageElement {
  const children = Object.entries(parameters).map(([key, value]) => element('ac:parameter', { 'ac:name': key }, value));
  if (body !== undefined && 'plain' in body) {
    children.push(element('ac:plain-text-body', {}, { type: 'cdata', value: body.plain }));
  } else if (body !== undefined) {
    children.push(elementAround('ac:rich-text-body', body.rich.map(nodeOf)));
  }
  return element('ac:structured-macro', { 'ac:name': name, 'ac:schema-version': '1' }, ...children);
}

/** A document of these nodes, for tests and for code that makes pages. */
export function storage(...children: Buildable[]): StorageDocument {
  return { type: 'document', children: children.map(nodeOf) };
}
