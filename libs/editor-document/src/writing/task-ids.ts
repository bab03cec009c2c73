import { childOf, charactersOf } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { elementOf } from '../frame.js';

const idOf = (task: Node): number | undefined => {
  const frame = task.attrs['frame'] as string | null;
  const id = frame === null ? undefined : childOf(elementOf(frame), 'ac:task-id');
  const number = id === undefined ? Number.NaN : Number(charactersOf(id));
  return Number.isInteger(number) ? number : undefined;
};

const known = new WeakMap<Node, readonly Node[]>();

/** The tasks in a block, itself among them; a block that was asked before costs nothing. */
export function tasksOf(block: Node): readonly Node[] {
  const before = known.get(block);
  if (before !== undefined) return before;
  const tasks = block.type.name === 'task' ? [block] : [];
  block.descendants((node) => {
    if (node.type.name === 'task') tasks.push(node);
  });
  known.set(block, tasks);
  return tasks;
}

/** How many tasks of some blocks have each number. */
export function countTaskIds(blocks: readonly Node[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const task of blocks.flatMap(tasksOf)) {
    const id = idOf(task);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** What a block's tasks get, in their order: a new number, or undefined where they keep theirs. */
export type NewTaskIds = readonly (number | undefined)[];

/**
 * For each block of a document, a number for each task that has none yet, or that of a task before it. They go by place, as documents that share
 * nodes have the same task twice. `opened` are the numbers of the body as it was opened: those that some program gave twice stay as they were.
 */
export function newTaskIds(doc: Node, opened: ReadonlyMap<number, number>): readonly NewTaskIds[] {
  const taken = new Map<number, number>();
  const isNeedy = (task: Node): boolean => {
    const id = idOf(task);
    if (id === undefined) return task.attrs['frame'] === null;
    const before = taken.get(id) ?? 0;
    if (before >= (opened.get(id) ?? 1)) return true;
    taken.set(id, before + 1);
    return false;
  };
  const needs = doc.children.map((block) => tasksOf(block).map(isNeedy));
  let last = Math.max(0, ...taken.keys());
  return needs.map((ofBlock) => ofBlock.map((needy) => (needy ? (last += 1) : undefined)));
}
