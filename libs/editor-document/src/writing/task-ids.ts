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

/**
 * A number for each task of a document that has none yet, or that of a task before it. `opened` are the numbers of the body as it was opened:
 * those that some program gave twice stay as they were.
 */
export function newTaskIds(doc: Node, opened: ReadonlyMap<number, number>): ReadonlyMap<Node, number> {
  const tasks = doc.children.flatMap(tasksOf);
  const taken = new Map<number, number>();
  const given = new Map<Node, number>();
  const needy = tasks.filter((task) => {
    const id = idOf(task);
    if (id === undefined) return task.attrs['frame'] === null;
    const before = taken.get(id) ?? 0;
    if (before >= (opened.get(id) ?? 1)) return true;
    taken.set(id, before + 1);
    return false;
  });
  let next = Math.max(0, ...taken.keys()) + 1;
  for (const task of needy) {
    given.set(task, next);
    next += 1;
  }
  return given;
}
