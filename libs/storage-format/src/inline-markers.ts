import { element } from './builder.js';
import { attributeOf, childOf, type StorageDocument, type StorageElement, type StorageNode } from './document.js';
import { isMacro, macroCallOf } from './macro-call.js';
import { elementsBelow } from './walk.js';
import { withNodes } from './with-children.js';

/** A text that somebody selected in a rendered body. White space in it means nothing. */
export interface Selection {
  readonly text: string;
  /** What stands right before and after it: tells it from the same text elsewhere. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Which of the places with this text it is, from 0, where nothing else tells. */
  readonly index?: number | undefined;
}

const markerName = 'ac:inline-comment-marker';

/** Stands for what is rendered in other words than the storage has: dates, names of users and pages, macros. */
const unknown = '\uFFFC';
/** Longer than a date, a name or a title that is shown. */
const unknownLengthMax = 120;
/** Bounds the work for a body that is all unknown. */
const stepsMax = 500_000;

const nothing = new Set(
  'ac:parameter ac:default-parameter ac:placeholder ac:task-id ac:task-status ac:task-uuid at:declarations ac:image script style'.split(
    ' ',
  ),
);
const otherWords = new Set(['time', 'ac:emoticon', 'ac:adf-extension', 'at:var']);
const unmarkable = new Set(['ac:plain-text-body', 'ac:plain-text-link-body']);
const linkBodies = ['ac:link-body', 'ac:rich-text-link-body', 'ac:plain-text-link-body'];

type Characters = Extract<StorageNode, { type: 'text' | 'cdata' }>;

/** The characters of a body that a reader sees, white space left out, with where each of them stands. */
class ShownText {
  text = '';
  readonly nodes: (Characters | undefined)[] = [];
  readonly offsets: number[] = [];

  constructor(nodes: readonly StorageNode[]) {
    const parts: string[] = [];
    this.add(nodes, parts, true);
    this.text = parts.join('');
  }

  private add(nodes: readonly StorageNode[], parts: string[], isMarkable: boolean): void {
    for (const node of nodes) {
      if (node.type === 'text' || node.type === 'cdata') this.addCharacters(node, parts, isMarkable);
      else if (node.type === 'element' && !nothing.has(node.name)) this.addElement(node, parts, isMarkable);
    }
  }

  private addElement(element: StorageElement, parts: string[], isMarkable: boolean): void {
    if (isInOtherWords(element)) this.addUnknown(parts);
    if (!otherWords.has(element.name)) this.add(element.children, parts, isMarkable && !unmarkable.has(element.name));
  }

  private addUnknown(parts: string[]): void {
    if (parts.at(-1) === unknown) return;
    parts.push(unknown);
    this.nodes.push(undefined);
    this.offsets.push(0);
  }

  private addCharacters(node: Characters, parts: string[], isMarkable: boolean): void {
    for (let offset = 0; offset < node.value.length; offset += 1) {
      const character = node.value.charAt(offset);
      if (/\s/.test(character)) continue;
      parts.push(character);
      this.nodes.push(isMarkable ? node : undefined);
      this.offsets.push(offset);
    }
  }
}

/** Whether something of an element is shown that its characters don't tell. */
function isInOtherWords(element: StorageElement): boolean {
  if (otherWords.has(element.name)) return true;
  if (element.name === 'ac:link') return linkBodies.every((name) => childOf(element, name) === undefined);
  if (!isMacro(element)) return false;
  const { plainBody, richBody, parameters } = macroCallOf(element);
  return (plainBody === undefined && richBody === undefined) || parameters.has('title');
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function placesOf(shown: string, wanted: string): Range[] {
  const exact: Range[] = [];
  for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + 1)) {
    exact.push({ from: at, to: at + wanted.length });
  }
  if (exact.length > 0) return exact;
  const places: Range[] = [];
  const steps = { left: stepsMax };
  for (let at = shown.indexOf(wanted.charAt(0)); at >= 0; at = shown.indexOf(wanted.charAt(0), at + 1)) {
    const to = endOf(shown, at, wanted, 0, steps);
    if (to !== undefined) places.push({ from: at, to });
  }
  return places;
}

/** Where a text ends that begins at `at`, if it is there; what is shown in other words may be any of it. */
function endOf(shown: string, at: number, wanted: string, from: number, steps: { left: number }): number | undefined {
  let [there, here] = [at, from];
  for (; here < wanted.length; there += 1, here += 1) {
    steps.left -= 1;
    if (there >= shown.length || steps.left < 0) return undefined;
    if (shown.charAt(there) === unknown) {
      for (let length = 0; length <= unknownLengthMax && here + length <= wanted.length; length += 1) {
        const end = endOf(shown, there + 1, wanted, here + length, steps);
        if (end !== undefined) return end;
      }
      return undefined;
    }
    if (shown.charAt(there) !== wanted.charAt(here)) return undefined;
  }
  return there;
}

const packed = (text: string): string => text.replaceAll(/\s+/g, '');

/** How much of what stands around a place is what stood around the selection. */
function likeness(shown: string, { from, to }: Range, before: string, after: string): number {
  let [left, right] = [0, 0];
  while (left < before.length && shown.at(from - 1 - left) === before.at(-1 - left) && left < from) left += 1;
  while (right < after.length && shown.charAt(to + right) === after.charAt(right)) right += 1;
  return left + right;
}

function placeOf(shown: string, selection: Selection): Range | undefined {
  const wanted = packed(selection.text);
  if (wanted === '') return undefined;
  const [before, after] = [packed(selection.before ?? ''), packed(selection.after ?? '')];
  const places = placesOf(shown, wanted).map((range) => ({ range, like: likeness(shown, range, before, after) }));
  const most = Math.max(...places.map(({ like }) => like));
  if (places.some(({ like }) => like < most)) return places.find(({ like }) => like === most)?.range;
  return (places[selection.index ?? 0] ?? places[0])?.range;
}

/**
 * The document with a marker of an inline comment around a selected text: one for each text node that the selection touches, all with the
 * same `ac:ref`. Undefined where the text isn't there, or can't be marked (code, names of pages).
 */
export function withInlineMarker(
  document: StorageDocument,
  selection: Selection,
  ref: string,
): StorageDocument | undefined {
  const shown = new ShownText(document.children);
  const place = placeOf(shown.text, selection);
  if (!place) return undefined;
  const marked = new Map<StorageNode, Range>();
  for (let at = place.from; at < place.to; at += 1) {
    const node = shown.nodes[at];
    const offset = shown.offsets[at] ?? 0;
    if (node) marked.set(node, { from: marked.get(node)?.from ?? offset, to: offset + 1 });
  }
  if (marked.size === 0) return undefined;
  return withNodes(document, (node) => {
    const range = marked.get(node);
    return range && (node.type === 'text' || node.type === 'cdata') ? markedNodes(node, range, ref) : undefined;
  });
}

function markedNodes(node: Characters, { from, to }: Range, ref: string): StorageNode[] {
  const part = (value: string): Characters[] => (value === '' ? [] : [{ ...node, value }]);
  const isWhole = from === 0 && to === node.value.length;
  const marker = element(markerName, { 'ac:ref': ref }, ...(isWhole ? [node] : part(node.value.slice(from, to))));
  return [...part(node.value.slice(0, from)), marker, ...part(node.value.slice(to))];
}

/** The references of all markers of inline comments in a document. */
export const markerRefsOf = (document: StorageDocument): Set<string> =>
  new Set(
    [...elementsBelow(document.children)]
      .filter((element) => element.name === markerName)
      .flatMap((element) => attributeOf(element, 'ac:ref') ?? []),
  );
