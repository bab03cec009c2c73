import type { StorageNode } from '@tributary/storage-format';
import { isIgnorable, isInline } from './vocabulary.js';

/** A block among nodes: one node, or a line of text without an element around it. */
export interface Part {
  readonly nodes: readonly StorageNode[];
  readonly isLine: boolean;
  /** White space, comments and instructions in front of it. */
  readonly before: readonly StorageNode[];
}

const spaceInFront = /^[ \t\r\n]*[\r\n][ \t\r\n]*/;
const spaceBehind = /[ \t\r\n]*[\r\n][ \t\r\n]*$/;

/** The blocks among nodes, and what stands behind the last. `trims`: line ends around a line of text don't belong to it. */
export function partsOf(
  nodes: readonly StorageNode[],
  trims: boolean,
): { parts: readonly Part[]; end: readonly StorageNode[] } {
  const parts: Part[] = [];
  let before: StorageNode[] = [];
  let line: StorageNode[] = [];
  const endLine = () => {
    const after = takeEnd(line, trims);
    before.push(...takeStart(line, trims));
    parts.push({ nodes: line, isLine: true, before });
    [before, line] = [after, []];
  };
  for (const node of nodes) {
    if (line.length === 0 && isIgnorable(node)) before.push(node);
    else if (isInline(node, line.length > 0)) line.push(node);
    else {
      if (line.length > 0) endLine();
      parts.push({ nodes: [node], isLine: false, before });
      before = [];
    }
  }
  if (line.length > 0) endLine();
  return { parts, end: before };
}

/** Takes what nothing is seen of from a line's end, and answers it. */
function takeEnd(line: StorageNode[], trims: boolean): StorageNode[] {
  const after: StorageNode[] = [];
  for (let last = line.at(-1); last !== undefined && isIgnorable(last); last = line.at(-1)) {
    after.unshift(last);
    line.pop();
  }
  const last = line.at(-1);
  const space = trims && last?.type === 'text' ? spaceBehind.exec(last.value) : null;
  if (last?.type === 'text' && space !== null) {
    line[line.length - 1] = { type: 'text', value: last.value.slice(0, space.index) };
    after.unshift({ type: 'text', value: space[0] });
  }
  return after;
}

function takeStart(line: StorageNode[], trims: boolean): StorageNode[] {
  const [first] = line;
  const space = trims && first?.type === 'text' ? spaceInFront.exec(first.value)?.[0] : undefined;
  if (first?.type !== 'text' || space === undefined) return [];
  line[0] = { type: 'text', value: first.value.slice(space.length) };
  return [{ type: 'text', value: space }];
}
