import type { StorageNode } from './document.js';

/**
 * How a parsed node was spelt where that differs from what serialising it anew would give. Kept beside the tree and found by
 * the node's identity, so that a changed copy of a node can't carry the spelling of the original.
 */
export interface WrittenForm {
  /** The start tag, or the whole node when it has no children. */
  readonly open: string;
  /** The end tag; empty for `<a/>`, undefined for nodes that are no elements. */
  readonly close?: string;
}

const forms = new WeakMap<StorageNode, WrittenForm>();

export function rememberWrittenForm(node: StorageNode, form: WrittenForm): void {
  forms.set(node, form);
}

export function writtenFormOf(node: StorageNode): WrittenForm | undefined {
  return forms.get(node);
}
