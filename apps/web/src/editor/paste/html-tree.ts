/** Pasted HTML as values: elements with the attributes and styles that say what something is. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}
export type HtmlNode = HtmlElement | string;

/** Deeper than anybody writes; what is further down is left out. */
export const depthMax = 200;

/** The tree of a DOM node's children, without comments. */
export function treeOf(parent: Node, depth = 0): HtmlNode[] {
  if (depth > depthMax) return [];
  return [...parent.childNodes].flatMap((node): HtmlNode[] => {
    if (node.nodeType === Node.TEXT_NODE) return [node.nodeValue ?? ''];
    if (!(node instanceof Element)) return [];
    const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    return [{ name: node.localName.toLowerCase(), attributes, children: treeOf(node, depth + 1) }];
  });
}

export const isElement = (node: HtmlNode | undefined): node is HtmlElement =>
  node !== undefined && typeof node !== 'string';

export const attribute = ({ attributes }: HtmlElement, name: string): string => attributes[name] ?? '';

export const hasClass = (element: HtmlElement, name: string | RegExp): boolean =>
  attribute(element, 'class')
    .split(/\s+/)
    .some((each) => (typeof name === 'string' ? each === name : name.test(each)));

/** A property of the element's own style, in lower case; Word's own properties too. */
export function style(element: HtmlElement, property: string): string {
  const declarations = attribute(element, 'style').split(';');
  const found = declarations.find((each) => each.split(':', 1)[0]?.trim().toLowerCase() === property);
  return found === undefined
    ? ''
    : found
        .slice(found.indexOf(':') + 1)
        .trim()
        .toLowerCase();
}

/** All characters below a node; a line break is a line end. */
export const textBelow = (node: HtmlNode): string =>
  typeof node === 'string' ? node : node.name === 'br' ? '\n' : node.children.map(textBelow).join('');

/** The first element below that answers the question, the one itself included. */
export function findBelow(node: HtmlNode, is: (element: HtmlElement) => boolean): HtmlElement | undefined {
  if (!isElement(node)) return undefined;
  if (is(node)) return node;
  for (const child of node.children) {
    const found = findBelow(child, is);
    if (found !== undefined) return found;
  }
  return undefined;
}
