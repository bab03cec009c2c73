import { canonicalStorage, parseStorage } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { nodesOf, sourceOf } from './frame.js';
import { BlockReader } from './reading/block-reader.js';
import { partsOf } from './reading/parts.js';
import { nodeType } from './schema/schema.js';
import { BlockWriter } from './writing/block-writer.js';
import { newTaskIds } from './writing/task-ids.js';

/** A storage-format body opened for editing. */
export interface EditorDocument {
  readonly doc: Node;
  /** The body of a document that edits have made of `doc`. Blocks that are as they were come out exactly as they were written. */
  toStorage(doc: Node): string;
}

interface Block {
  readonly node: Node;
  /** As it was written, without what stands before it. */
  readonly source: string;
}

/**
 * Opens a body: `toStorage(doc)` of an unchanged document is the same text. A block that the schema can't say without a loss is kept as
 * it is, whole.
 *
 * @throws {StorageFormatError} for a body that isn't well-formed
 */
export function openStorage(body: string): EditorDocument {
  const { blocks, sources, end } = new BlockReader().readBody(parseStorage(body).children);
  const known = blocks.map((node, index) => faithful({ node, source: sources[index] ?? '' }));
  const filler = nodeType('paragraph').create({ form: 'filler' });
  const content = known.length > 0 ? known.map(({ node }) => node) : [filler];
  const doc = nodeType('doc').createChecked({ end: sourceOf(...end) }, content);
  return { doc, toStorage: (changed) => write(changed, known) };
}

/**
 * The blocks of a body, each as it is written with what stands before it, and what stands behind the last: put one after another they are the
 * body.
 *
 * @throws {StorageFormatError} for a body that isn't well-formed
 */
export function blockSourcesOf(body: string): { readonly blocks: readonly string[]; readonly end: string } {
  const { parts, end } = partsOf(parseStorage(body).children, false);
  return { blocks: parts.map(({ before, nodes }) => sourceOf(...before, ...nodes)), end: sourceOf(...end) };
}

/** The block, or its source alone where writing it anew would say something else. */
function faithful({ node, source }: Block): Block {
  const parent = nodeType('doc').create(null, node);
  const written = sourceOf(...new BlockWriter(new Map()).content(node, parent, 0));
  if (canonicalStorage(written) === canonicalStorage(source)) return { node, source };
  const before = String(node.attrs['before']);
  return { node: nodeType('unknown_block').create({ source, before }), source };
}

function write(doc: Node, known: readonly Block[]): string {
  const byNode = new Map(known.map(({ node, source }) => [node, source]));
  const writer = new BlockWriter(newTaskIds(doc));
  const blocks = doc.children.map((node, index) => {
    const source = byNode.get(node) ?? known.find((block) => block.node.eq(node))?.source;
    const isKept = source !== undefined && writer.maySayAgain(node, doc, index);
    const before = sourceOf(...nodesOf(String(node.attrs['before'] ?? '')));
    return before + (isKept ? source : sourceOf(...writer.content(node, doc, index)));
  });
  return blocks.join('') + String(doc.attrs['end']);
}
