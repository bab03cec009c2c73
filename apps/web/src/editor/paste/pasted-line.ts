import { element, text, type StorageElement, type StorageNode } from '@tributary/storage-format';

/** An element around text, from the outermost to the innermost. */
export type PastedMark = 'a' | 'strong' | 'em' | 'u' | 's' | 'sub' | 'sup' | 'code';
const order: readonly PastedMark[] = ['a', 'strong', 'em', 'u', 's', 'sub', 'sup', 'code'];

/** What is around a piece of text; a link has its address. */
export type PastedMarks = Readonly<Partial<Record<PastedMark, string>>>;

interface Run {
  readonly content: string | StorageNode;
  readonly marks: PastedMarks;
}

const isBreak = ({ content }: Run): boolean =>
  typeof content !== 'string' && content.type === 'element' && content.name === 'br';

/** A line of text that is being put together; its white space is what a browser would show of it. */
export class PastedLine {
  private runs: Run[] = [];

  text(value: string, marks: PastedMarks): void {
    this.runs.push({ content: value, marks });
  }

  atom(node: StorageNode, marks: PastedMarks): void {
    this.runs.push({ content: node, marks });
  }

  /** The lines between empty ones (two line breaks), and an empty line again. */
  take(): StorageNode[][] {
    const runs = trimmed(this.runs);
    this.runs = [];
    const lines: Run[][] = [[]];
    for (let at = 0; at < runs.length; at += 1) {
      const run = runs[at];
      if (run === undefined) continue;
      const next = runs[at + 1];
      if (isBreak(run) && next !== undefined && isBreak(next)) {
        while (runs[at + 1] !== undefined && isBreak(runs[at + 1] as Run)) at += 1;
        lines.push([]);
      } else lines.at(-1)?.push(run);
    }
    return lines.map((line) => nested(withoutEnds(line), 0)).filter((line) => line.length > 0);
  }
}

/** White space as one space, none at the ends and around line breaks. */
function trimmed(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  let endsInSpace = true;
  for (const run of runs) {
    if (typeof run.content !== 'string') {
      if (isBreak(run)) trimEnd(kept);
      kept.push(run);
      endsInSpace = isBreak(run);
      continue;
    }
    // Many programs write a no-break space beside a space to keep both; alone between words it is meant.
    let content = run.content.replace(/[ \t\r\n\f]*(?:[ \t\r\n\f]\u00a0|\u00a0[ \t\r\n\f]|\u00a0\u00a0)[\s]*/g, ' ');
    content = content.replace(/[ \t\r\n\f]+/g, ' ');
    if (endsInSpace) content = content.replace(/^[ \u00a0]+/, '');
    if (content === '') continue;
    endsInSpace = content.endsWith(' ') || content.endsWith('\u00a0');
    kept.push({ ...run, content });
  }
  trimEnd(kept);
  return kept;
}

function trimEnd(runs: Run[]): void {
  for (let last = runs.at(-1); last !== undefined && typeof last.content === 'string'; last = runs.at(-1)) {
    const content = last.content.replace(/[ \u00a0]+$/, '');
    runs.pop();
    if (content === '') continue;
    runs.push({ ...last, content });
    return;
  }
}

function withoutEnds(runs: readonly Run[]): readonly Run[] {
  const first = runs.findIndex((run) => !isBreak(run));
  const last = runs.findLastIndex((run) => !isBreak(run));
  return first < 0 ? [] : runs.slice(first, last + 1);
}

/** Neighbours with the same mark go into one element. */
function nested(runs: readonly Run[], level: number): StorageNode[] {
  const mark = order[level];
  if (mark === undefined) return runs.map(({ content }) => (typeof content === 'string' ? text(content) : content));
  const nodes: StorageNode[] = [];
  for (let at = 0; at < runs.length;) {
    const value = runs[at]?.marks[mark];
    let end = at + 1;
    while (end < runs.length && runs[end]?.marks[mark] === value) end += 1;
    const inside = nested(runs.slice(at, end), level + 1);
    nodes.push(...(value === undefined ? inside : [marked(mark, value, inside)]));
    at = end;
  }
  return nodes;
}

const marked = (mark: PastedMark, value: string, inside: readonly StorageNode[]): StorageElement =>
  element(mark, mark === 'a' ? { href: value } : {}, ...inside);
