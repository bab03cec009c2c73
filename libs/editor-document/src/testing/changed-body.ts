import { element, elementsBelow, parseStorage, serialiseStorage, text, withNodes } from '@tributary/storage-format';
import type { StorageElement, StorageNode } from '@tributary/storage-format';
import fc from 'fast-check';

const oddAttribute = { name: 'data-x', value: 'a "b" <c>' };

/** What becomes of one element of a body; the body is well-formed still, and may be one that no editor would write. */
const changes: readonly ((it: StorageElement) => readonly StorageNode[])[] = [
  () => [],
  (it) => [it, it],
  (it) => it.children,
  (it) => [element('div', { class: 'around' }, it)],
  (it) => [element('ac:unheard-of', {}, it)],
  (it) => [{ ...it, name: 'blockquote' }],
  (it) => [{ ...it, attributes: [] }],
  (it) => [{ ...it, attributes: [...it.attributes.filter(({ name }) => name !== 'data-x'), oddAttribute] }],
  (it) => [{ ...it, children: [text('a & b')] }],
  (it) => [{ ...it, children: [...it.children, text('\u00a0'), ...it.children.slice(0, 1)] }],
  (it) => [{ ...it, children: it.children.toReversed() }],
  (it) => [{ type: 'comment', value: ' here ' }, it],
];

/** Which elements of a body are changed, each how. */
export const anyChanges = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...changes)), { minLength: 1, maxLength: 4 });

/** The body with these changes, one after the other. */
export function changedBody(source: string, made: readonly (readonly [number, (typeof changes)[number]])[]): string {
  let document = parseStorage(source);
  for (const [nth, change] of made) {
    const elements = [...elementsBelow(document.children)];
    const chosen = elements[nth % Math.max(1, elements.length)];
    document = withNodes(document, (node) => (node === chosen ? change(chosen) : undefined));
  }
  return serialiseStorage(document);
}
