import { frameOf, insideOf } from '@tributary/editor-document';
import {
  charactersOf,
  childOf,
  childrenOf,
  isMacro,
  macroCallOf,
  type StorageElement,
} from '@tributary/storage-format';
import type { Note } from './change';
import { valueOf } from './inline-text';
import { meaningOf, meaningOfNodes } from './meaning';

/** Stands for what isn't there. */
const nothing = '—';

/** What changed of an element itself, and not of what it holds. */
export function formChanges(before: StorageElement, after: StorageElement): Note[] {
  const notes = [
    ...nameChanges(before, after),
    ...(isMacro(before) && isMacro(after) ? parameterChanges(before, after) : attributeChanges(before, after)),
    ...taskChanges(before, after),
    ...columnChanges(before, after),
  ];
  if (notes.length > 0 || outsideOf(before) === outsideOf(after)) return notes;
  return [{ form: 'other' }];
}

/** What stands around what it holds; all of it where that can't be told apart. */
function outsideOf(element: StorageElement): string {
  const inside = insideOf(element);
  if (inside) return meaningOf(inside.open + inside.close);
  if (isTextual(element)) return '';
  return isMacro(element) ? meaningOf(frameOf(element)) : meaningOfNodes([element]);
}

const levelOf = ({ name }: StorageElement): string | undefined => /^h([1-6])$/.exec(name)?.[1];
const isTextual = (element: StorageElement): boolean =>
  ['p', 'dt', 'pre'].includes(element.name) || levelOf(element) !== undefined;

function nameChanges(before: StorageElement, after: StorageElement): Note[] {
  if (isMacro(before) && isMacro(after)) {
    const [old, now] = [macroCallOf(before).name, macroCallOf(after).name];
    return old === now ? [] : [{ form: 'macro', values: { before: old, after: now } }];
  }
  if (before.name === after.name) return [];
  const [old, now] = [levelOf(before), levelOf(after)];
  if (old !== undefined && now !== undefined) return [{ form: 'headingLevel', values: { before: old, after: now } }];
  if (now !== undefined) return [{ form: 'toHeading', values: { level: now } }];
  if (old !== undefined) return [{ form: 'toText' }];
  const form = ({ ol: 'toNumbered', ul: 'toBulleted', th: 'toHeader', td: 'toPlainCell' } as const)[after.name];
  return [{ form: form ?? 'other' }];
}

interface Values {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** Names whose values differ, with both of them. */
function differing({ before, after }: Values): { name: string; before: string; after: string }[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, before: before.get(name) || nothing, after: after.get(name) || nothing }));
}

function parameterChanges(before: StorageElement, after: StorageElement): Note[] {
  const valuesOf = (macro: StorageElement) =>
    new Map([...macroCallOf(macro).parameters].map(([name, value]) => [name, valueOf(value)]));
  return differing({ before: valuesOf(before), after: valuesOf(after) }).map((values) => ({
    form: values.name === '' ? 'mainParameter' : 'parameter',
    values,
  }));
}

/** Attributes that are the drawing of another one, or that nobody sees. */
const silent = /^(?:ac:macro-id|ac:schema-version|(?:ac:|data-)?local-id|ac:task-id|ac:task-uuid|ac:task-status)$/;
const colour = 'data-highlight-colour';

function attributeChanges(before: StorageElement, after: StorageElement): Note[] {
  const valuesOf = ({ attributes }: StorageElement) =>
    new Map(attributes.filter(({ name }) => !silent.test(name)).map(({ name, value }) => [name, value]));
  const changes = differing({ before: valuesOf(before), after: valuesOf(after) });
  const isColoured = changes.some(({ name }) => name === colour);
  return changes
    .filter(({ name }) => !(isColoured && name === 'class'))
    .map(({ name, ...values }) =>
      name === colour
        ? { form: 'cellColour', values }
        : { form: 'setting', values: { ...values, name: name.replace(/^ac:/, '') } },
    );
}

function taskChanges(before: StorageElement, after: StorageElement): Note[] {
  if (before.name !== 'ac:task' || after.name !== 'ac:task') return [];
  const isDone = (task: StorageElement) => {
    const status = childOf(task, 'ac:task-status');
    return status !== undefined && charactersOf(status).trim() === 'complete';
  };
  if (isDone(before) === isDone(after)) return [];
  return [{ form: isDone(after) ? 'taskDone' : 'taskOpen' }];
}

function columnChanges(before: StorageElement, after: StorageElement): Note[] {
  const columnsOf = (table: StorageElement) => meaningOfNodes(childrenOf(table, 'colgroup'));
  return columnsOf(before) === columnsOf(after) ? [] : [{ form: 'columns' }];
}
