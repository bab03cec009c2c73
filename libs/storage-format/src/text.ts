import { attributeOf, type StorageDocument, type StorageElement, type StorageNode } from './document.js';

/** Elements that stand in a line of text; all others begin and end a line. */
const INLINE_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'a abbr b big cite code del em font i ins kbd mark q s samp small span strike strong sub sup time tt u var ' +
    'ac:link ac:link-body ac:plain-text-link-body ac:inline-comment-marker ac:emoticon'
  ).split(' '),
);

/** Parameters whose value a reader sees, so that a search has to find it. */
const VISIBLE_PARAMETERS = new Set(['title']);

/** Elements whose characters are settings, prompts or a second version of what is shown. */
const HIDDEN_ELEMENTS = new Set(['ac:task-id', 'ac:task-uuid', 'ac:task-status', 'ac:placeholder', 'at:declarations']);

/** Ends a line; a control character, so that no text has it. */
const LINE_END = '\u0001';

class TextCollector {
  private text = '';

  collect(nodes: readonly StorageNode[]): string {
    for (const node of nodes) this.add(node);
    const lines = this.text.replace(/\s+/g, ' ').split(LINE_END);
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
  }

  private add(node: StorageNode): void {
    if (node.type === 'text') this.text += node.value;
    else if (node.type === 'cdata') this.text += node.value.replaceAll('\n', LINE_END);
    else if (node.type === 'element') this.addElement(node);
  }

  private addElement(element: StorageElement): void {
    if (this.isHidden(element)) return;
    const isInline = INLINE_ELEMENTS.has(element.name) || element.name.startsWith('ri:');
    if (!isInline) this.text += LINE_END;
    element.children.forEach((child) => this.add(child));
    if (element.name === 'ac:link' && element.children.every((child) => child.type === 'element'))
      this.addTarget(element);
    if (!isInline) this.text += LINE_END;
  }

  private isHidden(element: StorageElement): boolean {
    if (element.name === 'ac:parameter') return !VISIBLE_PARAMETERS.has(attributeOf(element, 'ac:name') ?? '');
    if (element.name === 'ac:adf-attribute' || element.name === 'ac:adf-parameter') return true;
    return HIDDEN_ELEMENTS.has(element.name);
  }

  /** A link without a body shows its target's title. */
  private addTarget(link: StorageElement): void {
    const bodies = ['ac:link-body', 'ac:plain-text-link-body'];
    const elements = link.children.filter((child) => child.type === 'element');
    if (elements.some((child) => bodies.includes(child.name))) return;
    for (const target of elements) {
      this.text += attributeOf(target, 'ri:content-title') ?? attributeOf(target, 'ri:filename') ?? '';
    }
  }
}

/**
 * The plain text that a search finds: characters of the body and of macros' bodies, visible titles, titles of linked pages. One line a
 * block, white space collapsed.
 */
export function textOf(document: StorageDocument): string {
  return new TextCollector().collect(document.children);
}
