import type { StorageNode } from './document.js';
import { parseStorage } from './parse.js';
import { escapeAttribute, escapeText } from './serialise.js';

const byName = (left: { name: string }, right: { name: string }): number => (left.name < right.name ? -1 : 1);

function canonicalNodes(nodes: readonly StorageNode[]): string {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'text' || node.type === 'cdata') text += escapeText(node.value);
    else if (node.type === 'comment') text += `<!--${node.value}-->`;
    else if (node.type === 'instruction') text += `<?${node.target} ${node.value}?>`;
    else {
      const attributes = node.attributes.toSorted(byName);
      const tag = attributes.map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join('');
      text += `<${node.name}${tag}>${canonicalNodes(node.children)}</${node.name}>`;
    }
  }
  return text;
}

/**
 * One spelling for all bodies that mean the same to an XML parser: attributes sorted, quotes, references, CDATA sections, empty elements
 * and line ends all alike. Two bodies are canonically equal when this gives the same text; for comparing, not for storing.
 *
 * @throws {StorageFormatError} as parseStorage does
 */
export function canonicalStorage(source: string): string {
  return canonicalNodes(parseStorage(source).children);
}
