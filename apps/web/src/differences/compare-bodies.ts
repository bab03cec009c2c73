import { bodyParts, insideOf, type BodyPart } from '@tributary/editor-document';
import { charactersOf, childOf, isMacro, type StorageElement } from '@tributary/storage-format';
import { align } from './alignment';
import type { Cell, Change, Note, Piece } from './change';
import { comparedForms, comparedWords, textOf } from './compare-lines';
import { formChanges } from './forms';
import { macroNameOf, runsOf, type Run } from './inline-text';
import { isSameLine, meaningOfNodes } from './meaning';
import { comparedParts, type ComparedPart } from './parts';

/** What was added, removed and changed from one body to another, in the order of reading. */
export function compareBodies(before: string, after: string, language: string): Change[] {
  return new Comparison(new Intl.Segmenter(language, { granularity: 'word' })).parts(
    bodyParts(before).parts,
    bodyParts(after).parts,
    'text',
  );
}

type Whole = 'same' | 'added' | 'removed';
/** What a line of text is where it stands. */
type Place = 'text' | 'item';

const keyOf = ({ nodes }: BodyPart): string => meaningOfNodes(nodes);

class Comparison {
  constructor(private readonly words: Intl.Segmenter) {}

  parts(before: readonly BodyPart[], after: readonly BodyPart[], place: Place): Change[] {
    return pairsOf(before, after).flatMap(({ old, now }) => {
      if (old && now) return this.pair(old, now, place);
      return old ? wholePart(old, 'removed', place) : now ? wholePart(now, 'added', place) : [];
    });
  }

  private pair(old: ComparedPart, now: ComparedPart, place: Place): Change[] {
    if (old.key === now.key) return wholePart(now, 'same', place);
    const changes = this.differing(old, now, place);
    const isSaid = changes.some(({ change }) => change !== 'same') || isSameLine(old.key, now.key);
    return isSaid || !now.element ? changes : framed(now.element, [{ form: 'other' }], changes);
  }

  private differing(old: ComparedPart, now: ComparedPart, place: Place): Change[] {
    if (old.family === 'tr' && now.family === 'tr') return [this.row(old, now)];
    const isOneKind = old.family === now.family;
    const replaced = () => [...wholePart(old, 'removed', place), ...wholePart(now, 'added', place)];
    const [within, inside] = [old.element && insideOf(old.element), now.element && insideOf(now.element)];
    if (isOneKind && within && inside && old.element && now.element) {
      const notes = formChanges(old.element, now.element);
      return framed(now.element, notes, this.parts(within.parts, inside.parts, placeIn(now.element, place)));
    }
    if (isOneKind && old.element && now.element && isPlain(old.element) && isPlain(now.element))
      return framed(now.element, formChanges(old.element, now.element), this.code(old.element, now.element));
    return (isOneKind && !within && !inside && this.line(old, now, place)) || replaced();
  }

  private line(old: ComparedPart, now: ComparedPart, place: Place): Change[] | undefined {
    const [before, after] = [runsOfPart(old), runsOfPart(now)];
    const pieces = comparedWords(textOf(before), textOf(after), this.words);
    if (!pieces) return undefined;
    const notes = [
      // A macro or a picture that stands by itself is a thing in the line.
      ...(old.element && now.element && !isMacro(now.element) ? formChanges(old.element, now.element) : []),
      ...comparedForms(before, after, pieces),
    ];
    const isSaid = notes.length > 0 || pieces.some(({ change }) => change !== 'same');
    if (!isSaid && isSameLine(old.key, now.key)) return wholePart(now, 'same', place);
    return [{ kind: kindOf(now, place), change: 'changed', pieces, notes: isSaid ? notes : [{ form: 'other' }] }];
  }

  private code(old: StorageElement, now: StorageElement): Change[] {
    const [before, after] = [linesOf(old), linesOf(now)];
    const lines = [before, after].map((each) => each.map((text) => ({ key: text, family: '', text })));
    return walked(lines[0] ?? [], lines[1] ?? []).flatMap((pair) => {
      const [one, other] = [pair.old?.text, pair.now?.text];
      if (one === other) return [codeLine(one ?? '', 'same')];
      const pieces = one !== undefined && other !== undefined && comparedWords(one, other, this.words);
      if (pieces) return [{ kind: 'code' as const, change: 'changed' as const, pieces, notes: [] }];
      return [
        ...(one === undefined ? [] : [codeLine(one, 'removed')]),
        ...(other === undefined ? [] : [codeLine(other, 'added')]),
      ];
    });
  }

  private row(old: ComparedPart, now: ComparedPart): Change {
    const cells = pairsOf(cellsOf(old), cellsOf(now)).map(({ old: before, now: after }): Cell => {
      if (!before?.element || !after?.element) return wholeCell(before ?? after, before ? 'removed' : 'added');
      if (before.key === after.key) return wholeCell(after, 'same');
      const notes = formChanges(before.element, after.element);
      const blocks = this.parts(partsIn(before), partsIn(after), 'text');
      return { change: isChanged({ blocks, notes }) ? 'changed' : 'same', blocks, notes };
    });
    const notes = old.element && now.element ? formChanges(old.element, now.element) : [];
    const isTouched = notes.length > 0 || cells.some(({ change }) => change !== 'same');
    return { kind: 'row', change: isTouched ? 'changed' : 'same', pieces: [], notes, cells };
  }
}

const isChanged = ({ blocks, notes }: Pick<Cell, 'blocks' | 'notes'>): boolean =>
  notes.length > 0 || blocks.some(({ change }) => change !== 'same');

interface Pair<T> {
  readonly old?: T | undefined;
  readonly now?: T | undefined;
}

const pairsOf = (before: readonly BodyPart[], after: readonly BodyPart[]): Pair<ComparedPart>[] =>
  walked(comparedParts(before, keyOf), comparedParts(after, keyOf));

/** Both lists in one order: what is gone stands before what came in its place. */
function walked<T extends Parameters<typeof align>[0][number]>(before: readonly T[], after: readonly T[]): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let [gone, come]: [number, number] = [0, 0];
  const upTo = (old: number, now: number) => {
    pairs.push(...before.slice(gone, old).map((each) => ({ old: each })));
    pairs.push(...after.slice(come, now).map((each) => ({ now: each })));
    [gone, come] = [old + 1, now + 1];
  };
  for (const [index, place] of align(before, after).entries()) {
    if (place === undefined) continue;
    upTo(index, place);
    pairs.push({ old: before[index], now: after[place] });
  }
  upTo(before.length, after.length);
  return pairs;
}

/** A row, a list, a macro with what it holds; what changed of itself is said where it begins. */
function framed(element: StorageElement, notes: readonly Note[], inside: readonly Change[]): Change[] {
  const [first, ...others] = inside;
  if (notes.length === 0) return [...inside];
  if (first && (element.name === 'li' || element.name === 'ac:task'))
    return [
      { ...first, change: first.change === 'same' ? 'changed' : first.change, notes: [...notes, ...first.notes] },
      ...others,
    ];
  const pieces: Piece[] = isMacro(element) ? [{ text: macroNameOf(element), change: 'same' }] : [];
  const name = isMacro(element) ? undefined : (frameNames[element.name] ?? 'block');
  return [{ kind: 'holder', change: 'changed', name, pieces, notes }, ...inside];
}

/** What is called by the name of what it is a part of. */
export const frameNames: Readonly<Record<string, Change['name']>> = {
  table: 'table',
  thead: 'table',
  tbody: 'table',
  tfoot: 'table',
  tr: 'row',
  td: 'cell',
  th: 'cell',
  'ac:layout': 'layout',
  'ac:layout-section': 'layout',
  'ac:layout-cell': 'layout',
  ul: 'list',
  ol: 'list',
  'ac:task-list': 'list',
  blockquote: 'quote',
};

const placeIn = (element: StorageElement, place: Place): Place => {
  if (element.name === 'li' || element.name === 'ac:task') return 'item';
  return isMacro(element) || element.name === 'ac:layout-cell' ? 'text' : place;
};

const isPlain = (element: StorageElement): boolean =>
  isMacro(element) && childOf(element, 'ac:plain-text-body') !== undefined;
const linesOf = (macro: StorageElement): string[] => {
  const body = childOf(macro, 'ac:plain-text-body');
  return body ? charactersOf(body).replace(/\n$/, '').split('\n') : [];
};
const codeLine = (text: string, change: Whole): Change => ({
  kind: 'code',
  change,
  pieces: [{ text, change }],
  notes: [],
});

const partsIn = ({ element }: BodyPart): readonly BodyPart[] => (element && insideOf(element)?.parts) ?? [];
const cellsOf = partsIn;

const runsOfPart = ({ element, nodes }: BodyPart): Run[] => {
  if (!element || isMacro(element)) return runsOf(nodes);
  if (element.name === 'hr') return runsOf([{ type: 'text', value: '———' }]);
  return runsOf(element.children, element.name === 'pre');
};

function kindOf({ element }: BodyPart, place: Place): Change['kind'] {
  if (element && /^h[1-6]$/.test(element.name)) return 'heading';
  return element?.name === 'pre' ? 'code' : place;
}

function wholeCell(cell: BodyPart | undefined, change: Whole): Cell {
  return { change, blocks: cell ? partsIn(cell).flatMap((part) => wholePart(part, change, 'text')) : [], notes: [] };
}

/** A part as one version has it, or both. */
function wholePart(part: BodyPart, change: Whole, place: Place): Change[] {
  const { element } = part;
  const inside = element && insideOf(element);
  const holder = (): Change[] =>
    element && isMacro(element)
      ? [{ kind: 'holder', change, pieces: [{ text: macroNameOf(element), change }], notes: [] }]
      : [];
  if (element?.name === 'tr')
    return [
      { kind: 'row', change, pieces: [], notes: [], cells: partsIn(part).map((cell) => wholeCell(cell, change)) },
    ];
  if (element && inside) {
    const blocks = inside.parts.flatMap((each) => wholePart(each, change, placeIn(element, place)));
    return blocks.length > 0 || isMacro(element) ? [...holder(), ...blocks] : emptied(change, 'holder', element);
  }
  if (element && isPlain(element)) return [...holder(), ...linesOf(element).map((line) => codeLine(line, change))];
  const text = textOf(runsOfPart(part)).trim();
  if (text !== '') return [{ kind: kindOf(part, place), change, pieces: [{ text, change }], notes: [] }];
  return emptied(change, kindOf(part, place), element);
}

/** Nothing is seen of what is empty, until it comes or goes. */
const emptied = (change: Whole, kind: Change['kind'], element: StorageElement | undefined): Change[] =>
  change === 'same'
    ? []
    : [{ kind, change, name: frameNames[element?.name ?? ''], pieces: [], notes: [{ form: 'empty' }] }];
