import type { StorageElement, StorageNode } from '@tributary/storage-format';
import { sourceOf } from '../frame.js';
import { isIgnorable } from './vocabulary.js';

export interface Row {
  readonly row: StorageElement;
  readonly section: number;
  readonly before: readonly StorageNode[];
}

export const isSection = (node: StorageNode): node is StorageElement =>
  node.type === 'element' && ['thead', 'tbody', 'tfoot'].includes(node.name);

/** The rows of a table's sections; undefined where the table is built in another way. */
export function tableRows(table: StorageElement): Row[] | undefined {
  if (table.children.some((child) => child.type === 'element' && child.name === 'tr')) return undefined;
  const rows: Row[] = [];
  for (const [section, { children }] of table.children.filter(isSection).entries()) {
    let before: StorageNode[] = [];
    for (const child of children) {
      if (isIgnorable(child)) before.push(child);
      else if (child.type !== 'element' || child.name !== 'tr') return undefined;
      else {
        rows.push({ row: child, section, before });
        before = [];
      }
    }
  }
  return rows;
}

/** A table without its rows: what stands behind the last row of a section stays in it. */
export function tableFrame(table: StorageElement): string {
  const children = table.children.map((child) => {
    if (!isSection(child)) return child;
    const last = child.children.findLastIndex((node) => !isIgnorable(node));
    return { ...child, children: child.children.slice(last + 1) };
  });
  return sourceOf({ ...table, children });
}
