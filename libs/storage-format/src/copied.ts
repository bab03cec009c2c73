import { element } from './builder.js';
import type { StorageDocument, StorageNode } from './document.js';
import { rewritten, writtenReference } from './title-references.js';
import { nodesWith, withChildren, withNodes } from './with-children.js';

/**
 * A page's body for a copy of the page: files are named as the original's where it keeps them; markers of comments, which stay with the
 * original, are gone from around their text.
 *
 * @param contentId the original's, where its files stay with it; undefined where the copy has them too
 * @param spaceKey the original's space, where the copy goes to another: pages that are named by their titles alone are of that space
 */
export function copiedBody(
  document: StorageDocument,
  contentId: string | undefined,
  spaceKey?: string,
): StorageDocument {
  const owner = contentId === undefined ? undefined : element('ri:content-entity', { 'ri:content-id': contentId });
  const change = (node: StorageNode): readonly StorageNode[] | undefined => {
    if (node.type !== 'element') return undefined;
    if (node.name === 'ac:inline-comment-marker') return nodesWith(node.children, change);
    const reference = writtenReference(node);
    if (spaceKey !== undefined && reference && reference.spaceKey === undefined)
      return [rewritten(node, { ...reference, spaceKey })];
    const isOwnFile = node.name === 'ri:attachment' && !node.children.some((child) => child.type === 'element');
    return owner && isOwnFile ? [withChildren(node, [owner])] : undefined;
  };
  return withNodes(document, change);
}
