import { elementOf } from '@tributary/editor-document';
import { isMacro, macroCallOf } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { parameterText } from '../elements/drawing';

/** A place on a page, as `ac:anchor` names it. */
export interface Anchor {
  readonly name: string;
  /** Of a heading; undefined for an anchor that somebody has put in. */
  readonly level?: number;
}

/** The places that links to a page can lead to, in the order in which they stand there. */
export function anchorsOf(doc: Node): Anchor[] {
  const uses = new Map<string, number>();
  const anchors: Anchor[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'heading') {
      const words = wordsOf(node);
      const before = uses.get(words) ?? 0;
      uses.set(words, before + 1);
      // Readers' addresses tell equal headings apart in this way.
      const name = before === 0 ? words : `${words}.${before}`;
      if (words !== '') anchors.push({ name, level: Number(node.attrs['level']) });
    } else {
      const name = anchorName(node);
      if (name !== '') anchors.push({ name });
    }
  });
  return anchors;
}

/** A heading's text; empty where something in it is shown that the editor doesn't know the words of. */
function wordsOf(heading: Node): string {
  const isText = heading.children.every(
    (child) => child.isText || child.type.name === 'hard_break' || anchorName(child),
  );
  return isText ? heading.textBetween(0, heading.content.size, ' ', leaf).replaceAll(/\s+/g, ' ').trim() : '';
}
const leaf = (node: Node): string => (node.type.name === 'hard_break' ? ' ' : '');

function anchorName({ type, attrs }: Node): string {
  if (type.name !== 'inline_macro' && type.name !== 'block_macro') return '';
  const macro = elementOf(String(attrs['source']));
  if (!isMacro(macro) || macroCallOf(macro).name !== 'anchor') return '';
  return parameterText(macro, '') || parameterText(macro, 'name');
}
