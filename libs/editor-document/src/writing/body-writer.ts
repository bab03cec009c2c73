import type { Node } from 'prosemirror-model';
import { nodesOf, sourceOf } from '../frame.js';
import { sharedEnds } from '../shared-ends.js';
import { BlockWriter, isBare } from './block-writer.js';
import { countTaskIds, newTaskIds, tasksOf } from './task-ids.js';

/** A block of a body that was opened. */
export interface Block {
  readonly node: Node;
  /** As it was written, without what stands before it. */
  readonly source: string;
}

/**
 * Writes the bodies of documents that edits make of one another. Nodes never change and documents share them, so a block is written once, and
 * the next body costs what has changed since the last one.
 */
export class BodyWriter {
  private readonly sources: ReadonlyMap<Node, string>;
  /** Blocks that may be equal, by what is cheap to compare. */
  private readonly alike: ReadonlyMap<string, readonly Block[]>;
  /** Where a block stands says whether it has an element around it, and nothing else. */
  private readonly written = { bare: new WeakMap<Node, string>(), element: new WeakMap<Node, string>() };

  private readonly taskIds: ReadonlyMap<number, number>;
  private last: { readonly blocks: readonly Node[]; readonly pieces: readonly string[] } = { blocks: [], pieces: [] };

  /** `opened` come out exactly as they were written. */
  constructor(opened: readonly Block[]) {
    this.sources = new Map(opened.map(({ node, source }) => [node, source]));
    this.alike = Map.groupBy(opened, ({ node }) => likenessOf(node));
    this.taskIds = countTaskIds(opened.map(({ node }) => node));
  }

  /** A text for each block, and what stands behind the last one; what hasn't changed since the last body are the same strings. */
  write(doc: Node): readonly string[] {
    const pieces = this.afterLast(doc) ?? this.whole(doc);
    this.last = { blocks: doc.children, pieces };
    return pieces;
  }

  private whole(doc: Node): readonly string[] {
    const ids = newTaskIds(doc, this.taskIds);
    const blocks = doc.children.map((node, index) => this.block(new BlockWriter(ids[index]), node, doc, index));
    return [...blocks, String(doc.attrs['end'])];
  }

  /** Writes the blocks that changed since the last body; undefined where others may have to be written otherwise than before. */
  private afterLast(doc: Node): readonly string[] | undefined {
    const [before, now] = [this.last.blocks, doc.children];
    const shared = sharedEnds(before, now);
    // How a block is written depends on the one before it.
    const [start, end] = [shared.start, Math.max(0, shared.end - 1)];
    const changed = now.slice(start, now.length - end);
    const hasTasks = [...before.slice(start, before.length - end), ...changed].some((node) => tasksOf(node).length > 0);
    // An only block may be the text itself; the number of a task depends on all others.
    if (before.length < 2 || now.length < 2 || hasTasks) return undefined;
    const written = changed.map((node, at) => this.block(new BlockWriter(), node, doc, start + at));
    const { pieces } = this.last;
    return [
      ...pieces.slice(0, start),
      ...written,
      ...pieces.slice(before.length - end, before.length),
      String(doc.attrs['end']),
    ];
  }

  private block(writer: BlockWriter, node: Node, doc: Node, index: number): string {
    // The numbers of tasks depend on the blocks before.
    if (writer.isRenumbered) return this.anew(writer, node, doc, index);
    const known = this.written[isBare(node, doc, index) ? 'bare' : 'element'];
    const before = known.get(node);
    if (before !== undefined) return before;
    const written = this.anew(writer, node, doc, index);
    known.set(node, written);
    return written;
  }

  private anew(writer: BlockWriter, node: Node, doc: Node, index: number): string {
    const source =
      this.sources.get(node) ?? this.alike.get(likenessOf(node))?.find((block) => block.node.eq(node))?.source;
    const isKept = source !== undefined && writer.maySayAgain(node, doc, index);
    const before = sourceOf(...nodesOf(String(node.attrs['before'] ?? '')));
    return before + (isKept ? source : sourceOf(...writer.content(node, doc, index)));
  }
}

const likenessOf = (node: Node): string => `${node.type.name} ${node.nodeSize} ${node.textContent.slice(0, 40)}`;
