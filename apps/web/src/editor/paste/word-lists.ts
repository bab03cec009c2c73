import { element, type StorageElement, type StorageNode } from '@tributary/storage-format';
import { attribute, findBelow, hasClass, isElement, style, textBelow, type HtmlElement } from './html-tree';

/** A paragraph that only looks like an item of a list, as Word and Word Online write them. */
export interface FakeItem {
  readonly level: number;
  readonly isOrdered: boolean;
  readonly blocks: readonly StorageNode[];
}

const isMarker = (node: HtmlElement): boolean => style(node, 'mso-list') === 'ignore';
/** A number or letters with a sign behind or around it; a lone "o" is Word's second bullet. */
const orderedMarker = /^\s*\(?(?:\d+|[a-z]{1,5}|[\u3041-\u30fe\u4e00-\u9faf])(?:\.\d+)*[.)、．）]/i;
const levelMax = 9;

/** How deep a paragraph of Word's is in a list, and whether it is numbered; undefined where it is in none. */
export function fakeItemOf(node: HtmlElement): Omit<FakeItem, 'blocks'> | undefined {
  const list = style(node, 'mso-list');
  const written = /level(\d+)/.exec(list)?.[1];
  if (written === undefined && !(hasClass(node, /^MsoListParagraph/) && list !== '')) return undefined;
  const marker = findBelow(node, isMarker);
  if (marker === undefined && list === 'none') return undefined;
  return {
    level: Math.min(levelMax, Number(written ?? 1)),
    isOrdered: marker !== undefined && orderedMarker.test(textBelow(marker)),
  };
}

/** Each item is a list of its own with its level beside it: Word Online. */
export function leveledItemOf(node: HtmlElement): { item: HtmlElement; level: number; isOrdered: boolean } | undefined {
  if (node.name !== 'ul' && node.name !== 'ol') return undefined;
  const items = node.children.filter(isElement);
  const [item] = items;
  if (items.length !== 1 || item?.name !== 'li') return undefined;
  const level = Number(attribute(item, 'data-aria-level'));
  return level >= 1 ? { item, level: Math.min(levelMax, level), isOrdered: node.name === 'ol' } : undefined;
}

/** The lists that items of these levels are. */
export function listsOf(items: readonly FakeItem[]): StorageElement[] {
  const top = Math.min(...items.map(({ level }) => level));
  const lists: { isOrdered: boolean; entries: StorageNode[][] }[] = [];
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (item === undefined) break;
    const entry = lists.at(-1)?.entries.at(-1);
    if (item.level > top && entry !== undefined) {
      const next = items.findIndex(({ level }, index) => index > at && level <= top);
      const end = next < 0 ? items.length : next;
      entry.push(...listsOf(items.slice(at, end)));
      at = end;
      continue;
    }
    if (lists.at(-1)?.isOrdered !== item.isOrdered) lists.push({ isOrdered: item.isOrdered, entries: [] });
    lists.at(-1)?.entries.push([...item.blocks]);
    at += 1;
  }
  return lists.map(({ isOrdered, entries }) =>
    element(isOrdered ? 'ol' : 'ul', {}, ...entries.map((blocks) => element('li', {}, ...blocks))),
  );
}
