import type { StorageDocument, StorageElement, StorageNode } from './document.js';
import { rememberWrittenForm, writtenFormOf } from './written.js';

/** The element with other children; its tags stay spelt as they were written. */
export function withChildren(element: StorageElement, children: readonly StorageNode[]): StorageElement {
  const changed = { ...element, children };
  const written = writtenFormOf(element);
  // `<p/>` has no end tag that new children could stand before.
  if (written?.close) rememberWrittenForm(changed, written);
  return changed;
}

/**
 * A document with some of its nodes replaced. `change` answers what stands in a node's place: undefined for the node as it is,
 * below which it then looks too. What isn't changed is the same value as before.
 */
export function withNodes(
  document: StorageDocument,
  change: (node: StorageNode) => readonly StorageNode[] | undefined,
): StorageDocument {
  const children = nodesWith(document.children, change);
  return children === document.children ? document : { ...document, children };
}

/** As `withNodes`, of nodes that are a part of a document. */
export function nodesWith(
  nodes: readonly StorageNode[],
  change: (node: StorageNode) => readonly StorageNode[] | undefined,
): readonly StorageNode[] {
  let isChanged = false;
  const changed = nodes.flatMap((node) => {
    const replaced = change(node);
    if (replaced !== undefined) {
      isChanged = true;
      return replaced;
    }
    if (node.type !== 'element') return [node];
    const children = nodesWith(node.children, change);
    if (children === node.children) return [node];
    isChanged = true;
    return [withChildren(node, children)];
  });
  return isChanged ? changed : nodes;
}
