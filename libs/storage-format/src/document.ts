/**
 * The value that a storage-format body is: a tree of immutable nodes. It says what is there, not how it was spelt; the spelling of a
 * parsed node (quotes, entities, white space inside tags) is remembered beside it, see written.ts.
 */

/** One attribute; the name carries its prefix as written, for example `ri:content-title`. */
export interface StorageAttribute {
  readonly name: string;
  readonly value: string;
}

/** An element of XHTML, `ac:`, `ri:`, `at:` or of a vocabulary that is only kept. */
export interface StorageElement {
  readonly type: 'element';
  readonly name: string;
  readonly attributes: readonly StorageAttribute[];
  readonly children: readonly StorageNode[];
}

/** Character data; `value` has all entity and character references resolved. */
export interface StorageText {
  readonly type: 'text';
  readonly value: string;
}

/** One CDATA section; a text with `]]>` in it lies in two sections, side by side. */
export interface StorageCdata {
  readonly type: 'cdata';
  readonly value: string;
}

/** A comment: kept, never shown. */
export interface StorageComment {
  readonly type: 'comment';
  readonly value: string;
}

/** A processing instruction: kept, never followed, never shown. */
export interface StorageInstruction {
  readonly type: 'instruction';
  readonly target: string;
  readonly value: string;
}

export type StorageNode = StorageElement | StorageText | StorageCdata | StorageComment | StorageInstruction;

/** A whole body: a list of nodes without a root element. */
export interface StorageDocument {
  readonly type: 'document';
  readonly children: readonly StorageNode[];
}

/** The value of an attribute, or undefined when the element hasn't got it. */
export function attributeOf(element: StorageElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The first child element with that name. */
export function childOf(parent: StorageElement | StorageDocument, name: string): StorageElement | undefined {
  return parent.children.find((child): child is StorageElement => child.type === 'element' && child.name === name);
}

/** The child elements, all or those with that name. */
export function childrenOf(parent: StorageElement | StorageDocument, name?: string): StorageElement[] {
  return parent.children.filter(
    (child): child is StorageElement => child.type === 'element' && (name === undefined || child.name === name),
  );
}

/** All characters below a node, text and CDATA alike, nothing added: the content of a parameter or of a plain-text body. */
export function charactersOf(node: StorageNode | StorageDocument): string {
  if (node.type === 'text' || node.type === 'cdata') return node.value;
  if (node.type !== 'element' && node.type !== 'document') return '';
  return node.children.map(charactersOf).join('');
}
