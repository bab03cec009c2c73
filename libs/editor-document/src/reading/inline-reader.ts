import { attributeOf, isMacro, macroCallOf, type StorageElement, type StorageNode } from '@tributary/storage-format';
import { Mark, type Node } from 'prosemirror-model';
import { frameOf, slotOf, sourceOf } from '../frame.js';
import { markType, nodeType, schema, type NodeName } from '../schema/schema.js';
import { markByElement } from './vocabulary.js';

/** White space with a line end in it, which is seen as one space. */
const lineEnds = /[ \t\r\n]*[\r\n][ \t\r\n]*/;
const colourOnly = /^\s*color:\s*([^;]+?)\s*;?\s*$/;

const atomByElement: Readonly<Record<string, NodeName>> = {
  'ac:image': 'image',
  'ac:emoticon': 'emoticon',
  time: 'date',
  'ac:link': 'reference',
};

/** Reads lines of text. */
export class InlineReader {
  /** Elements that became marks; each has its place. */
  private places = 0;

  /** `keepsLines` in preformatted text. */
  read(nodes: readonly StorageNode[], keepsLines = false, marks: readonly Mark[] = Mark.none): Node[] {
    return nodes.flatMap((node) => {
      if (node.type === 'text' || node.type === 'cdata') return this.text(node.value, keepsLines, marks);
      if (node.type !== 'element') return [this.atom('unknown_inline', node, marks)];
      return this.element(node, keepsLines, marks);
    });
  }

  private text(value: string, keepsLines: boolean, marks: readonly Mark[]): Node[] {
    if (value === '') return [];
    if (keepsLines) return [schema.text(value, marks)];
    const nodes: Node[] = [];
    let rest = value;
    for (let found = lineEnds.exec(rest); found !== null; found = lineEnds.exec(rest)) {
      if (found.index > 0) nodes.push(schema.text(rest.slice(0, found.index), marks));
      const lineEnd = markType('line_end').create({ written: found[0] });
      nodes.push(schema.text(' ', lineEnd.addToSet(marks)));
      rest = rest.slice(found.index + found[0].length);
    }
    if (rest !== '') nodes.push(schema.text(rest, marks));
    return nodes;
  }

  private element(element: StorageElement, keepsLines: boolean, marks: readonly Mark[]): Node[] {
    if (element.name === 'br' && element.children.length === 0) {
      const frame = element.attributes.length === 0 ? null : frameOf(element);
      return [nodeType('hard_break').create({ frame }, null, marks)];
    }
    const mark = this.markOf(element);
    if (mark !== undefined) {
      const content = this.read(slotOf(element).children, keepsLines, mark.addToSet(marks));
      if (content.length > 0) return content;
    }
    return [this.atom(atomNameOf(element), element, marks)];
  }

  private markOf(element: StorageElement): Mark | undefined {
    const name = markByElement[element.name];
    if (name === undefined || (element.name === 'ac:link' && slotOf(element) === element)) return undefined;
    this.places += 1;
    const frame = frameOf(element);
    const colour = element.name === 'span' && colourOf(element);
    const type = colour ? 'colour' : name;
    return markType(type).create({ frame, place: this.places, ...(colour ? { colour } : {}) });
  }

  private atom(name: NodeName, node: StorageNode, marks: readonly Mark[]): Node {
    return nodeType(name).create({ source: sourceOf(node) }, null, marks);
  }
}

/** The colour of a `span` that does nothing but colour its text. */
function colourOf(span: StorageElement): string | undefined {
  const style = span.attributes.length === 1 ? attributeOf(span, 'style') : undefined;
  return style === undefined ? undefined : colourOnly.exec(style)?.[1];
}

function atomNameOf(element: StorageElement): NodeName {
  if (!isMacro(element)) return atomByElement[element.name] ?? 'unknown_inline';
  return macroCallOf(element).name === 'status' ? 'status' : 'inline_macro';
}
