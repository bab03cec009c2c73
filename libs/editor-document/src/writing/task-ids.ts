import { childOf, charactersOf } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { elementOf } from '../frame.js';

const idOf = (task: Node): number | undefined => {
  const frame = task.attrs['frame'] as string | null;
  const id = frame === null ? undefined : childOf(elementOf(frame), 'ac:task-id');
  const number = id === undefined ? Number.NaN : Number(charactersOf(id));
  return Number.isInteger(number) ? number : undefined;
};

/** A number for each task of a document that has none yet, or that of a task before it. */
export function newTaskIds(doc: Node): ReadonlyMap<Node, number> {
  const tasks: Node[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'task') tasks.push(node);
  });
  const taken = new Set<number>();
  const given = new Map<Node, number>();
  const needy = tasks.filter((task) => {
    const id = idOf(task);
    if (id === undefined) return task.attrs['frame'] === null;
    if (taken.has(id)) return true;
    taken.add(id);
    return false;
  });
  let next = Math.max(0, ...taken) + 1;
  for (const task of needy) {
    given.set(task, next);
    next += 1;
  }
  return given;
}
