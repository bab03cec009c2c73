import type { StorageElement, StorageNode } from './document.js';

/** Every element below some nodes, in document order, parents before their children. */
export function* elementsBelow(nodes: readonly StorageNode[]): Generator<StorageElement> {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    yield node;
    yield* elementsBelow(node.children);
  }
}
