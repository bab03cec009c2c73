import { element, type StorageElement, type StorageNode } from '@tributary/storage-format';
import { attribute, findBelow, hasClass, isElement, style, type HtmlElement, type HtmlNode } from './html-tree';

type Blocks = (nodes: readonly HtmlNode[]) => StorageNode[];

const isBox = (node: HtmlElement): boolean =>
  node.name === 'input' && attribute(node, 'type').toLowerCase() === 'checkbox';
const isList = (node: HtmlNode): node is HtmlElement => isElement(node) && (node.name === 'ul' || node.name === 'ol');

/** Whether a task is done; undefined for an item that is none. */
function doneOf(item: HtmlElement): boolean | undefined {
  if (attribute(item, 'role') === 'checkbox') return attribute(item, 'aria-checked') === 'true';
  if (attribute(item, 'data-inline-task-id') !== '') return hasClass(item, 'checked');
  const own = { ...item, children: item.children.filter((child) => !isList(child)) };
  const box = findBelow(own, isBox);
  return box === undefined ? undefined : 'checked' in box.attributes;
}

/** A list of HTML; lists that stand beside the items that they belong to go into them. */
export function listOf(list: HtmlElement, blocks: Blocks): StorageElement[] {
  const items: HtmlElement[] = [];
  for (const child of list.children) {
    const last = items.at(-1);
    const isBelow = isList(child) || (isElement(child) && isOnlyWrapper(child));
    if (isBelow && last !== undefined) items.splice(-1, 1, { ...last, children: [...last.children, child] });
    else if (isElement(child))
      items.push(child.name === 'li' ? child : { name: 'li', attributes: {}, children: [child] });
    else if (child.trim() !== '') items.push({ name: 'li', attributes: {}, children: [child] });
  }
  const done = items.map(doneOf);
  const entries = items.map((item) => blocks(item.children));
  if (items.length > 0 && done.every((each) => each !== undefined))
    return [element('ac:task-list', {}, ...entries.map((entry, index) => taskOf(entry, done[index] ?? false)))];
  const filled = entries.filter((entry) => entry.length > 0);
  if (filled.length === 0) return [];
  const start = Number(attribute(list, 'start'));
  const attributes: Record<string, string> = list.name === 'ol' && start > 1 ? { start: String(start) } : {};
  return [element(list.name, attributes, ...filled.map((entry) => element('li', {}, ...entry)))];
}

/** An item without a bullet that holds nothing but a deeper list. */
const isOnlyWrapper = (item: HtmlElement): boolean =>
  item.name === 'li' && style(item, 'list-style-type') === 'none' && item.children.every((child) => isList(child));

const taskOf = (blocks: readonly StorageNode[], isDone: boolean): StorageElement =>
  element(
    'ac:task',
    {},
    element('ac:task-status', {}, isDone ? 'complete' : 'incomplete'),
    element('ac:task-body', {}, ...(blocks.length > 0 ? blocks : [element('p')])),
  );
