import type { StorageElement, StorageNode } from '@tributary/storage-format';
import type { Mark, Node } from 'prosemirror-model';
import { elementOf, filled, nodesOf, slotOf, withAttribute } from '../frame.js';

const elementByMark: Readonly<Record<string, string>> = {
  strong: '<strong />',
  em: '<em />',
  underline: '<u />',
  strike: '<s />',
  subscript: '<sub />',
  superscript: '<sup />',
  code: '<code />',
  link: '<a />',
  colour: '<span />',
  wrapper: '<span />',
};

/** Outer elements first: new links around everything, then what was there as it was nested, then other new marks. */
const placeOf = ({ attrs, type }: Mark): number =>
  (attrs['place'] as number | null) ?? (type.name === 'link' ? 0 : Number.MAX_SAFE_INTEGER);

function marksOf(node: Node): Mark[] {
  return node.marks
    .filter(({ type }) => type.name !== 'line_end')
    .toSorted((left, right) => placeOf(left) - placeOf(right));
}

interface Open {
  readonly mark: Mark;
  readonly content: StorageNode[];
}

/** The storage nodes of a line of text. Neighbours with the same mark are in one element. */
export function writeInline(parent: Node): StorageNode[] {
  const line: StorageNode[] = [];
  const open: Open[] = [];
  const close = (depth: number) => {
    for (
      let last = open.length > depth ? open.pop() : undefined;
      last;
      last = open.length > depth ? open.pop() : undefined
    ) {
      (open.at(-1)?.content ?? line).push(elementOfMark(last.mark, last.content));
    }
  };
  parent.forEach((node) => {
    const marks = marksOf(node);
    let same = 0;
    for (const mark of marks) {
      if (!open[same]?.mark.eq(mark)) break;
      same += 1;
    }
    close(same);
    for (const mark of marks.slice(same)) open.push({ mark, content: [] });
    (open.at(-1)?.content ?? line).push(...writeNode(node));
  });
  close(0);
  return line;
}

function elementOfMark(mark: Mark, content: readonly StorageNode[]): StorageElement {
  const frame = mark.attrs['frame'] as string | null;
  const colour = mark.attrs['colour'] as string | null | undefined;
  const element = elementOf(frame ?? elementByMark[mark.type.name] ?? '<span />');
  if (frame === null && colour) return filled(withAttribute(element, 'style', `color: ${colour};`), content);
  const slot = slotOf(element);
  // A body of characters holds no elements: text that was made bold needs the other body.
  if (slot.name === 'ac:plain-text-link-body') {
    if (content.some(({ type }) => type === 'element')) return withRichBody(element, slot, content);
    return filled(
      element,
      content.map((node) => (node.type === 'text' ? { ...node, type: 'cdata' as const } : node)),
    );
  }
  return filled(element, content);
}

const withRichBody = (link: StorageElement, slot: StorageElement, content: readonly StorageNode[]): StorageElement => ({
  ...link,
  children: link.children.map((child) =>
    child === slot ? { ...slot, name: 'ac:link-body', children: content } : child,
  ),
});

function writeNode(node: Node): readonly StorageNode[] {
  if (node.isText) {
    const lineEnd = node.marks.find(({ type }) => type.name === 'line_end');
    const value = lineEnd !== undefined && node.text === ' ' ? String(lineEnd.attrs['written']) : (node.text ?? '');
    return [{ type: 'text', value }];
  }
  if (node.type.name === 'hard_break') return nodesOf((node.attrs['frame'] as string | null) ?? '<br />');
  return nodesOf(String(node.attrs['source']));
}
