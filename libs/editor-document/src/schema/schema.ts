import { Schema, type MarkType, type NodeType } from 'prosemirror-model';
import { blocks } from './blocks.js';
import { inlines, marks } from './inlines.js';

/** What the editor edits: storage format's elements as nodes and marks; what is none of them is kept as its source. */
export const schema = new Schema({
  nodes: { doc: { content: 'block+', attrs: { end: { default: '', validate: 'string' } } }, ...blocks, ...inlines },
  marks,
});

export type NodeName = 'doc' | keyof typeof blocks | keyof typeof inlines;
export type MarkName = keyof typeof marks;

export const nodeType = (name: NodeName): NodeType => schema.nodes[name];
export const markType = (name: MarkName): MarkType => schema.marks[name];
