import { element, text } from './builder.js';
import { attributeOf, charactersOf, childOf, type StorageDocument, type StorageElement } from './document.js';
import { elementsBelow } from './walk.js';
import { withChildren, withNodes } from './with-children.js';

export type TaskStatus = 'complete' | 'incomplete';

const statusName = 'ac:task-status';

const isTask = (element: StorageElement): boolean => element.name === 'ac:task';

/** A task's field: an element in it, in newer bodies an attribute. */
function fieldOf(task: StorageElement, name: string): string | undefined {
  const child = childOf(task, name);
  return child === undefined ? attributeOf(task, name) : charactersOf(child).trim();
}

/** The tasks of a body that have an id, each as often as it stands there. */
export function tasksOf(document: StorageDocument, id: string): StorageElement[] {
  return [...elementsBelow(document.children)].filter(
    (element) => isTask(element) && fieldOf(element, 'ac:task-id') === id,
  );
}

export const statusOf = (task: StorageElement): TaskStatus =>
  fieldOf(task, statusName) === 'complete' ? 'complete' : 'incomplete';

/** The document in which the tasks with an id have a status; nothing else of it is changed. */
export const withTaskStatus = (document: StorageDocument, id: string, status: TaskStatus): StorageDocument => {
  const tasks = new Set(tasksOf(document, id).filter((task) => statusOf(task) !== status));
  return withNodes(document, (node) =>
    node.type === 'element' && tasks.has(node) ? [changed(node, status)] : undefined,
  );
};

function changed(task: StorageElement, status: TaskStatus): StorageElement {
  const known = childOf(task, statusName);
  if (known)
    return withChildren(
      task,
      task.children.map((child) => (child === known ? withChildren(known, [text(status)]) : child)),
    );
  if (attributeOf(task, statusName) !== undefined) {
    const attributes = task.attributes.map((each) => (each.name === statusName ? { ...each, value: status } : each));
    return { ...task, attributes };
  }
  const added = element(statusName, {}, status);
  const id = task.children.findIndex((child) => child.type === 'element' && child.name === 'ac:task-id');
  return withChildren(task, task.children.toSpliced(id + 1, 0, added));
}
