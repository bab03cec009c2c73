import { attributeOf, charactersOf, childOf } from '../../document.js';
import { tag } from '../html.js';
import type { ElementRenderer } from './element.js';

export const renderTaskList: ElementRenderer = (element, scope) => {
  const attributes = { class: 'inline-task-list', 'data-inline-tasks-content-id': scope.content?.id };
  return tag('ul', attributes, scope.render(element.children.filter((child) => child.type === 'element')));
};

/** A task: its id and status are elements, in newer bodies attributes too. */
export const renderTask: ElementRenderer = (element, scope) => {
  const valueOf = (name: string): string | undefined => {
    const child = childOf(element, name);
    return child === undefined ? attributeOf(element, name) : charactersOf(child).trim();
  };
  const attributes = {
    class: valueOf('ac:task-status') === 'complete' ? 'checked' : undefined,
    'data-inline-task-id': valueOf('ac:task-id'),
  };
  return tag('li', attributes, scope.render(childOf(element, 'ac:task-body')?.children ?? []));
};
