import type { Block } from './compare-bodies';

const kinds: Record<string, Block['kind']> = {
  H1: 'heading',
  H2: 'heading',
  H3: 'heading',
  H4: 'heading',
  H5: 'heading',
  H6: 'heading',
  LI: 'item',
  TR: 'row',
  PRE: 'code',
};
/** Elements whose text is one block with what is inside of them. */
const wholes = new Set(['TR', 'PRE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P', 'DT', 'DD', 'SUMMARY']);
const blockForm =
  /^(?:ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|DIV|DL|FIGURE|HR|LI|OL|SECTION|TABLE|TBODY|THEAD|TFOOT|UL|DETAILS)$/;

/** The blocks of a body as the server rendered it. Pictures stand as their names. */
export function blocksOf(html: string): Block[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const blocks: Block[] = [];
  collect(body, 'text', blocks);
  return blocks;
}

function collect(element: Element, kind: Block['kind'], blocks: Block[]): void {
  let line = '';
  const end = () => {
    add(blocks, kind, line);
    line = '';
  };
  for (const node of element.childNodes) {
    if (!(node instanceof Element)) {
      line += node.textContent ?? '';
    } else if (wholes.has(node.tagName)) {
      end();
      // A paragraph in an item of a list is that item.
      addWhole(node, node.tagName === 'P' ? kind : (kinds[node.tagName] ?? 'text'), blocks);
    } else if (blockForm.test(node.tagName)) {
      end();
      collect(node, kinds[node.tagName] ?? kind, blocks);
    } else {
      line += textOf(node);
    }
  }
  end();
}

function addWhole(element: Element, kind: Block['kind'], blocks: Block[]): void {
  if (kind === 'code') {
    for (const line of (element.textContent ?? '').replace(/\n$/, '').split('\n')) blocks.push({ kind, text: line });
  } else if (kind === 'row') {
    add(blocks, kind, [...element.children].map(textOf).join(' | '));
  } else {
    add(blocks, kind, textOf(element));
  }
}

function textOf(node: Node): string {
  if (!(node instanceof Element)) return node.textContent ?? '';
  if (node.tagName === 'BR') return '\n';
  if (node.tagName === 'IMG')
    return `[${node.getAttribute('alt') || (node.getAttribute('data-linked-resource-default-alias') ?? '')}]`;
  const text = [...node.childNodes].map(textOf).join('');
  return blockForm.test(node.tagName) || wholes.has(node.tagName) ? `${text} ` : text;
}

function add(blocks: Block[], kind: Block['kind'], text: string): void {
  const written = text.replaceAll(/[^\S\n]+/g, ' ').trim();
  if (written !== '') blocks.push({ kind, text: written });
}
