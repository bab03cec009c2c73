import { nodeType, openStorage } from '@tributary/editor-document';
import { serialiseStorage, type StorageNode } from '@tributary/storage-format';
import { Fragment, Slice, type Node } from 'prosemirror-model';

/** Blocks as they are put into a document: text at either end goes on in the paragraph that it is pasted into. */
export function sliceOfStorage(blocks: readonly StorageNode[]): Slice {
  if (blocks.length === 0) return Slice.empty;
  const { doc } = openStorage(serialiseStorage({ type: 'document', children: blocks }));
  const content = Fragment.fromArray(doc.children.map(fresh));
  const isText = (node: Node | null) => (node?.type === nodeType('paragraph') ? 1 : 0);
  return new Slice(content, isText(content.firstChild), isText(content.lastChild));
}

/** Tasks get their numbers where they are pasted. */
function fresh(node: Node): Node {
  const content = Fragment.fromArray(node.children.map(fresh));
  const attributes = node.type === nodeType('task') ? { ...node.attrs, frame: null } : node.attrs;
  return node.isText ? node : node.type.create(attributes, content, node.marks);
}
