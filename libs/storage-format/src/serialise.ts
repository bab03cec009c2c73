import type { StorageDocument, StorageElement, StorageNode } from './document.js';
import { writtenFormOf } from './written.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 has no way to write, such as the escapes in what is copied from a terminal: it is left out. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const writable = (value: string): string => (value.search(unwritable) < 0 ? value : value.replace(unwritable, ''));

const escapeCharacter = (character: string): string => ESCAPES[character] ?? character;

/** Character data as storage format spells it: a no-break space by its name, a carriage return so that it survives a parser. */
export const escapeText = (value: string): string => writable(value).replace(/[&<>\u00a0\r]/g, escapeCharacter);

/** An attribute's value between double quotes. */
export const escapeAttribute = (value: string): string =>
  writable(value).replace(/[&<>"\u00a0\t\n\r]/g, escapeCharacter);

/** A start tag without its closing bracket. */
export function startOfTag(element: StorageElement): string {
  let tag = `<${element.name}`;
  for (const { name, value } of element.attributes) tag += ` ${name}="${escapeAttribute(value)}"`;
  return tag;
}

function serialiseElement(element: StorageElement): string {
  const written = writtenFormOf(element);
  if (written !== undefined) return written.open + serialiseNodes(element.children) + (written.close ?? '');
  if (element.children.length === 0) return `${startOfTag(element)} />`;
  return `${startOfTag(element)}>${serialiseNodes(element.children)}</${element.name}>`;
}

function serialiseNode(node: StorageNode): string {
  if (node.type === 'element') return serialiseElement(node);
  const written = writtenFormOf(node);
  if (written !== undefined) return written.open;
  switch (node.type) {
    case 'text':
      return escapeText(node.value);
    case 'cdata':
      return `<![CDATA[${writable(node.value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    case 'comment':
      return `<!--${node.value}-->`;
    case 'instruction':
      return node.value === '' ? `<?${node.target}?>` : `<?${node.target} ${node.value}?>`;
  }
}

/** The text of some nodes side by side; see serialiseStorage. */
export function serialiseNodes(nodes: readonly StorageNode[]): string {
  let text = '';
  for (const node of nodes) text += serialiseNode(node);
  return text;
}

/**
 * The text of a document. Nodes that were parsed come out exactly as they were written, entities, quotes and white space
 * included; new nodes in the spelling that Confluence writes (double quotes, `<br />`).
 */
export function serialiseStorage(document: StorageDocument): string {
  return serialiseNodes(document.children);
}
