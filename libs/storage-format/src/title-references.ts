import { attributeOf, type StorageDocument, type StorageElement, type StorageNode } from './document.js';
import { withNodes } from './with-children.js';

/** A page or blog post as a body names it: without a space it is one of the space that the body is in. */
export interface WrittenReference {
  readonly type: 'page' | 'blogpost';
  readonly spaceKey: string | undefined;
  readonly title: string;
}

const keyName = 'ri:space-key';
const titleName = 'ri:content-title';
const typeByName: Readonly<Record<string, WrittenReference['type']>> = {
  'ri:page': 'page',
  'ri:blog-post': 'blogpost',
};

/** What a node says, if it names a page or blog post by its title. */
export function writtenReference(node: StorageNode): WrittenReference | undefined {
  const type = node.type === 'element' ? typeByName[node.name] : undefined;
  if (node.type !== 'element' || type === undefined) return undefined;
  return { type, spaceKey: attributeOf(node, keyName), title: attributeOf(node, titleName) ?? '' };
}

/** The same element with another space or title. */
export function rewritten(
  element: StorageElement,
  { spaceKey, title }: Pick<WrittenReference, 'spaceKey' | 'title'>,
): StorageElement {
  const others = element.attributes.filter(({ name }) => name !== keyName);
  const titled = others.map((attribute) => (attribute.name === titleName ? { ...attribute, value: title } : attribute));
  return { ...element, attributes: spaceKey === undefined ? titled : [{ name: keyName, value: spaceKey }, ...titled] };
}

/** A body that names other pages or blog posts: `change` answers undefined for what stays as it is. */
export function withReferences(
  document: StorageDocument,
  change: (reference: WrittenReference) => Pick<WrittenReference, 'spaceKey' | 'title'> | undefined,
): StorageDocument {
  return withNodes(document, (node) => {
    const reference = writtenReference(node);
    const changed = reference && change(reference);
    return changed && node.type === 'element' ? [rewritten(node, changed)] : undefined;
  });
}
