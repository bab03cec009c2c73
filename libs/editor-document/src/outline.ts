import { isMacro, parseStorage, type StorageElement, type StorageNode } from '@tributary/storage-format';
import { slotOf, sourceOf } from './frame.js';
import { partsOf } from './reading/parts.js';
import { isSection } from './reading/tables.js';
import { containers, isIgnorable, structures } from './reading/vocabulary.js';

/** A block of a body, or an item, a row or a cell of one. */
export interface BodyPart {
  /** As it is written, with what stands in front of it. */
  readonly source: string;
  /** What it is, without what stands in front of it. */
  readonly nodes: readonly StorageNode[];
  /** Undefined for a line of text that stands among blocks without an element around it. */
  readonly element: StorageElement | undefined;
}

/** Parts as they are written one after another, and what stands behind the last of them. */
export interface BodyParts {
  readonly parts: readonly BodyPart[];
  readonly end: string;
}

/** What an element holds: `open`, the sources of its parts, `end` and `close` one after another are its source, if it holds anything. */
export interface Inside extends BodyParts {
  readonly open: string;
  readonly close: string;
  /** Whether each part has a place of its own, as cells have: none can be added or left out alone. */
  readonly isFixed: boolean;
  /** Whether the element is nothing without parts, as a list is without items. */
  readonly needsParts: boolean;
}

/** @throws {StorageFormatError} for a body that isn't well-formed */
export const bodyParts = (body: string): BodyParts => flow(parseStorage(body).children);

/** Whether the source of a part is a line of text, which would be one with a line beside it. */
export const isLineSource = (source: string): boolean =>
  bodyParts(source).parts.some(({ element }) => element === undefined);

const flow = (nodes: readonly StorageNode[]): BodyParts => {
  const { parts, end } = partsOf(nodes, false);
  return {
    parts: parts.map(({ before, nodes: own, isLine }) => {
      const [first] = own;
      const element = !isLine && first?.type === 'element' ? first : undefined;
      return { source: sourceOf(...before, ...own), nodes: own, element };
    }),
    end: sourceOf(...end),
  };
};

/** What is inside of a layout, a list, a table, a row, a cell, a quote, a macro with a body of blocks; undefined for everything else. */
export function insideOf(element: StorageElement): Inside | undefined {
  if (element.name === 'table') return insideOfTable(element);
  const names = itemNamesOf(element);
  if (names) {
    const parts = items(element.children, names);
    const isFixed = element.name === 'tr' || element.name === 'ac:layout-section';
    return parts && { ...edgesOf(element, element), ...parts, isFixed, needsParts: true };
  }
  const slot = slotOf(element);
  const isContainer = isMacro(element)
    ? slot.name === 'ac:rich-text-body'
    : Object.hasOwn(containers, element.name) && (element.name !== 'ac:task' || slot !== element);
  if (!isContainer) return undefined;
  return { ...edgesOf(element, slot), ...flow(slot.children), isFixed: false, needsParts: false };
}

function itemNamesOf(element: StorageElement): readonly string[] | undefined {
  const structure = Object.hasOwn(structures, element.name) ? structures[element.name] : undefined;
  if (structure) return Object.keys(structure[1]);
  return isSection(element) ? ['tr'] : undefined;
}

/** A table's sections; what stands before the first of them belongs to the table. */
function insideOfTable(table: StorageElement): Inside | undefined {
  const first = table.children.findIndex(isSection);
  if (first < 0) return undefined;
  const own = table.children.slice(0, first);
  const parts = items(table.children.slice(first), ['thead', 'tbody', 'tfoot']);
  if (!parts || own.some((node) => node.type === 'element' && node.name === 'tr')) return undefined;
  const { open, close } = edgesOf(table, table);
  return { open: open + sourceOf(...own), close, ...parts, isFixed: true, needsParts: true };
}

/** Elements of these names; undefined where something else stands between them. */
function items(nodes: readonly StorageNode[], names: readonly string[]): BodyParts | undefined {
  const parts: BodyPart[] = [];
  let before: StorageNode[] = [];
  for (const node of nodes) {
    if (isIgnorable(node)) before.push(node);
    else if (node.type !== 'element' || !names.includes(node.name)) return undefined;
    else {
      parts.push({ source: sourceOf(...before, node), nodes: [node], element: node });
      before = [];
    }
  }
  return { parts, end: sourceOf(...before) };
}

/** What stands around the children of `slot`, which is the element or a child of it. */
function edgesOf(element: StorageElement, slot: StorageElement): { open: string; close: string } {
  const { open, close } = tagsOf(element);
  if (slot === element) return { open, close };
  const at = element.children.indexOf(slot);
  const inner = tagsOf(slot);
  return {
    open: open + sourceOf(...element.children.slice(0, at)) + inner.open,
    close: inner.close + sourceOf(...element.children.slice(at + 1)) + close,
  };
}

/** An element's tags as they are written around what it holds; those that an empty element would have with something in it. */
export function tagsOf(element: StorageElement): { open: string; close: string } {
  const source = sourceOf(element);
  const close = source.lastIndexOf('</');
  if (element.children.length === 0 && source.endsWith('/>'))
    return { open: `${source.slice(0, -2).trimEnd()}>`, close: `</${element.name}>` };
  return { open: source.slice(0, close - sourceOf(...element.children).length), close: source.slice(close) };
}
