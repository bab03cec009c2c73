import {
  childOf,
  isMacro,
  parseStorage,
  serialiseStorage,
  type StorageElement,
  type StorageNode,
} from '@tributary/storage-format';

/**
 * A frame is an element's source without the content that people edit: `<td class="x" />`, or a macro with its parameters and an empty
 * body. Attributes and parameters that the editor doesn't know stay in it, white space before the end tag too.
 */

/** Where the edited content of an element lies when it isn't in the element itself, the first that is there. */
const slotsByElement: Readonly<Record<string, readonly string[]>> = {
  'ac:task': ['ac:task-body'],
  'ac:link': ['ac:link-body', 'ac:plain-text-link-body'],
};
const macroSlots = ['ac:rich-text-body', 'ac:plain-text-body'];

function slotNameOf(element: StorageElement): string | undefined {
  const names = isMacro(element) ? macroSlots : (slotsByElement[element.name] ?? []);
  return names.find((name) => childOf(element, name) !== undefined);
}

/** The element that holds what people edit: the element, or its body. */
export function slotOf(element: StorageElement): StorageElement {
  const name = slotNameOf(element);
  return (name === undefined ? undefined : childOf(element, name)) ?? element;
}

function replaceSlot(element: StorageElement, change: (slot: StorageElement) => StorageElement): StorageElement {
  const slot = slotOf(element);
  if (slot === element) return change(element);
  return { ...element, children: element.children.map((child) => (child === slot ? change(slot) : child)) };
}

export const sourceOf = (...nodes: readonly StorageNode[]): string =>
  serialiseStorage({ type: 'document', children: nodes });

/** The frame of an element; `end` is what stands between its content and its end tag. */
export const frameOf = (element: StorageElement, end: readonly StorageNode[] = []): string =>
  sourceOf(replaceSlot(element, (slot) => ({ ...slot, children: end })));

const parsed = new Map<string, readonly StorageNode[]>();
const parsedMax = 5_000;

/** The nodes of a source that this library wrote; the same for the same source. */
export function nodesOf(source: string): readonly StorageNode[] {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  if (parsed.size >= parsedMax) parsed.clear();
  const nodes = parseStorage(source).children;
  parsed.set(source, nodes);
  return nodes;
}

/** The one element of a source. Throws for anything else. */
export function elementOf(source: string): StorageElement {
  const [node] = nodesOf(source);
  if (node?.type !== 'element') throw new Error(`No element: ${source.slice(0, 80)}`);
  return node;
}

/** A frame's element with content in its slot. */
export const filled = (frame: StorageElement, content: readonly StorageNode[]): StorageElement =>
  replaceSlot(frame, (slot) => ({ ...slot, children: [...content, ...slot.children] }));

/** An element with an attribute set, or without it. */
export function withAttribute(element: StorageElement, name: string, value: string | null): StorageElement {
  const others = element.attributes.filter((attribute) => attribute.name !== name);
  const attributes =
    value === null
      ? others
      : others.length === element.attributes.length
        ? [...others, { name, value }]
        : element.attributes.map((attribute) => (attribute.name === name ? { name, value } : attribute));
  return { ...element, attributes };
}

/** An element whose child of that name holds this text, a child of that name being made where there is none. */
export function withChildText(element: StorageElement, name: string, value: string): StorageElement {
  const child: StorageElement = { type: 'element', name, attributes: [], children: [{ type: 'text', value }] };
  const known = childOf(element, name);
  if (known === undefined) return { ...element, children: [child, ...element.children] };
  const changed = { ...known, children: child.children };
  return { ...element, children: element.children.map((other) => (other === known ? changed : other)) };
}
