import { canonicalStorage, parseStorage } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { sourceOf } from './frame.js';
import { BlockReader } from './reading/block-reader.js';
import { nodeType } from './schema/schema.js';
import { BlockWriter } from './writing/block-writer.js';
import { BodyWriter, type Block } from './writing/body-writer.js';

/** A storage-format body opened for editing. */
export interface EditorDocument {
  readonly doc: Node;
  /**
   * The body of a document that edits have made of `doc`. Blocks that are as they were come out exactly as they were written. Costs time for
   * what changed since the last body.
   */
  toStorage(doc: Node): string;
  /** The same in pieces: a text for each block, and what stands behind the last one. What is as it was in the last body are the same strings. */
  toPieces(doc: Node): readonly string[];
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
  const writer = new BodyWriter(known);
  return { doc, toStorage: (changed) => writer.write(changed).join(''), toPieces: (changed) => writer.write(changed) };
}

/** The block, or its source alone where writing it anew would say something else. */
function faithful({ node, source }: Block): Block {
  const parent = nodeType('doc').create(null, node);
  const written = sourceOf(...new BlockWriter().content(node, parent, 0));
  if (canonicalStorage(written) === canonicalStorage(source)) return { node, source };
  const before = String(node.attrs['before']);
  return { node: nodeType('unknown_block').create({ source, before }), source };
}
