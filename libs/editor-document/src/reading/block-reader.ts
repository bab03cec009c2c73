import { attributeOf, childOf, isMacro, type StorageElement, type StorageNode } from '@tributary/storage-format';
import type { Attrs, Node } from 'prosemirror-model';
import { frameOf, slotOf, sourceOf } from '../frame.js';
import { nodeType, schema, type NodeName } from '../schema/schema.js';
import { writtenWidths } from './columns.js';
import { InlineReader } from './inline-reader.js';
import { partsOf, type Part } from './parts.js';
import { sizedRows, widthsOfRows } from './sized-rows.js';
import { tableFrame, tableRows } from './tables.js';
import { containers, hasBody, isIgnorable, structures, textBlocks, type Structure } from './vocabulary.js';

const headingName = /^h([1-6])$/;

/** Reads blocks; what doesn't fit the schema becomes a block that is kept as it is. */
export class BlockReader {
  private readonly inline = new InlineReader();

  /** The blocks of a body, each with its source, and what stands behind the last of them. */
  readBody(nodes: readonly StorageNode[]): { blocks: Node[]; sources: string[]; end: readonly StorageNode[] } {
    const { parts, end } = partsOf(nodes, false);
    const blocks = parts.map((part) => this.part(part));
    return { blocks, sources: parts.map(({ nodes: own }) => sourceOf(...own)), end };
  }

  private read(nodes: readonly StorageNode[]): { blocks: Node[]; end: readonly StorageNode[] } {
    const { parts, end } = partsOf(nodes, true);
    return { blocks: parts.map((part) => this.part(part)), end };
  }

  /** An element, or text that stands among blocks without an element around it. */
  private part({ nodes, before, isLine }: Part): Node {
    if (!isLine) return this.block(nodes[0], sourceOf(...before));
    return create('paragraph', { form: 'bare', before: sourceOf(...before) }, this.inline.read(nodes));
  }

  private block(node: StorageNode | undefined, before: string): Node {
    if (node === undefined) throw new Error('A part without nodes');
    const read = node.type === 'element' ? this.element(node, before) : undefined;
    // A cell or an item alone, outside of what it belongs in, is no block.
    if (read?.type.isInGroup('block')) return read;
    const isBareMacro = node.type === 'element' && isMacro(node) && !hasBody(node);
    return create(isBareMacro ? 'block_macro' : 'unknown_block', { source: sourceOf(node), before });
  }

  private element(element: StorageElement, before: string): Node | undefined {
    const { name } = element;
    if (isMacro(element)) return this.macro(element, before);
    if (name === 'hr' && element.children.length === 0) return create('rule', { before, frame: frameOf(element) });
    if (name === 'table') return this.table(element, before);
    const level = headingName.exec(name)?.[1];
    if (level !== undefined) return this.textBlock(element, 'heading', { before, level: Number(level) });
    const textBlock = textBlocks[name];
    if (textBlock !== undefined) return this.textBlock(element, textBlock, { before });
    const structure = structures[name];
    if (structure !== undefined) return this.structure(element, structure, { before });
    const container = containers[name];
    return container === undefined ? undefined : this.container(element, container, { before });
  }

  private textBlock(element: StorageElement, type: NodeName, attributes: Attrs): Node {
    const content = this.inline.read(element.children, type === 'preformatted');
    return create(type, { ...attributes, frame: frameOf(element) }, content);
  }

  private container(element: StorageElement, type: NodeName, attributes: Attrs): Node | undefined {
    const slot = slotOf(element);
    if (type === 'task') {
      if (slot === element) return undefined;
      const isDone = childOf(element, 'ac:task-status')?.children.some(
        (child) => child.type === 'text' && child.value === 'complete',
      );
      return this.filled(element, type, { ...attributes, checked: isDone ?? false });
    }
    return this.filled(element, type, { ...attributes, ...(type.startsWith('table_') ? cellOf(element) : {}) });
  }

  private filled(element: StorageElement, type: NodeName, attributes: Attrs): Node {
    const { blocks, end } = this.read(slotOf(element).children);
    const content = blocks.length > 0 ? blocks : [create('paragraph', { form: 'filler' })];
    return create(type, { ...attributes, frame: frameOf(element, end) }, content);
  }

  private structure(element: StorageElement, [type, children]: Structure, attributes: Attrs): Node | undefined {
    const nodes: Node[] = [];
    let before: StorageNode[] = [];
    for (const child of element.children) {
      if (isIgnorable(child)) before.push(child);
      else if (child.type !== 'element' || children[child.name] === undefined) return undefined;
      else {
        const node = this.element(child, sourceOf(...before));
        if (node === undefined) return undefined;
        nodes.push(node);
        before = [];
      }
    }
    if (nodes.length === 0) return undefined;
    return create(type, { ...attributes, frame: frameOf(element, before) }, nodes);
  }

  private table(element: StorageElement, before: string): Node | undefined {
    const rows = tableRows(element);
    const read = rows?.map(({ row, section, before: space }) => {
      const node = this.element(row, sourceOf(...space));
      return node?.type.create({ ...node.attrs, section }, node.content);
    });
    if (read === undefined || read.length === 0 || read.includes(undefined)) return undefined;
    const sized = sizedRows(read as Node[], writtenWidths(element));
    const widths = JSON.stringify(widthsOfRows(sized));
    return create('table', { before, frame: tableFrame(element), widths }, sized);
  }

  private macro(element: StorageElement, before: string): Node | undefined {
    const slot = slotOf(element);
    if (slot.name === 'ac:rich-text-body') return this.filled(element, 'rich_macro', { before });
    if (slot.name !== 'ac:plain-text-body') return undefined;
    let text = '';
    for (const child of slot.children) {
      if (child.type !== 'text' && child.type !== 'cdata') return undefined;
      text += child.value;
    }
    return create('plain_macro', { before, frame: frameOf(element) }, text === '' ? [] : [schema.text(text)]);
  }
}

const create = (type: NodeName, attributes: Attrs, content: readonly Node[] = []): Node =>
  nodeType(type).createChecked(attributes, content);

const span = (element: StorageElement, name: string): number =>
  Math.max(1, Math.trunc(Number(attributeOf(element, name) ?? 1)) || 1);

export const cellOf = (element: StorageElement) => ({
  colspan: span(element, 'colspan'),
  rowspan: span(element, 'rowspan'),
  colour: attributeOf(element, 'data-highlight-colour') ?? null,
});
