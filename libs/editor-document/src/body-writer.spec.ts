import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { openStorage } from './editor-document.js';
import { nodeType, schema } from './schema/schema.js';

const task = (id: number, words: string): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${words}</ac:task-body></ac:task>`;

/** Blocks whose text depends on what stands around them, and others. */
const body = [
  'bare<p>one <strong>two</strong></p>\n<h2>three</h2>',
  `<ac:task-list>${task(1, 'a')}${task(2, 'b')}</ac:task-list><p>four</p>`,
  `more bare<hr /><ac:task-list>${task(5, 'c')}</ac:task-list>`,
  '<table><tbody><tr><td>five</td></tr></tbody></table><ul><li>six<p>seven</p></li></ul>',
].join('');

/** What an editor does to the blocks of a document, `at` being any number. */
const edits: readonly ((doc: Node, at: number) => Node)[] = [
  (doc, at) => {
    const places: number[] = [];
    doc.descendants((node, position) => void (node.isText && places.push(position)));
    const place = places[at % Math.max(1, places.length)];
    return place === undefined ? doc : new Transform(doc).insert(place, schema.text('typed')).doc;
  },
  (doc, at) => doc.copy(doc.content.replaceChild(at % doc.childCount, nodeType('paragraph').create())),
  (doc, at) => doc.copy(Fragment.from(doc.children.toSpliced(at % doc.childCount, 0, doc.child(at % doc.childCount)))),
  (doc, at) => (doc.childCount < 2 ? doc : doc.copy(Fragment.from(doc.children.toSpliced(at % doc.childCount, 1)))),
  (doc, at) =>
    doc.copy(
      Fragment.from([...doc.children.slice(at % doc.childCount), ...doc.children.slice(0, at % doc.childCount)]),
    ),
  (doc) =>
    new Transform(doc).replace(doc.content.size, doc.content.size, new Slice(Fragment.from(doc.child(0)), 0, 0)).doc,
];

describe('a body that is written after every edit', () => {
  it('is what it is when it is written for the first time', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat()), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (all) => {
        const { doc, toStorage } = openStorage(body);
        let edited = doc;
        for (const [edit, at] of all) {
          edited = edit(edited, at);
          const saved = toStorage(edited);
          // `doc` too: its nodes are those that came from the body.
          const { toStorage: first } = openStorage(body);
          expect(saved).toBe(first(edited));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('tasks that a program gave the same number', () => {
  const doubled = `<ac:task-list>${task(7, 'a')}</ac:task-list><ac:task-list>${task(7, 'a')}</ac:task-list><p>b</p>`;

  it('keep it while nothing of them is changed, and when something else is', () => {
    const { doc, toStorage } = openStorage(doubled);
    expect(toStorage(doc)).toBe(doubled);
    const typed = new Transform(doc).insert(doc.content.size - 1, schema.text('!')).doc;
    expect(toStorage(typed)).toBe(doubled.replace('b</p>', 'b!</p>'));
  });

  it('are told from a copy that is made while one writes', () => {
    const { doc, toStorage } = openStorage(doubled);
    const pasted = schema.nodeFromJSON(doc.child(0).toJSON());
    const copied = doc.copy(Fragment.from([...doc.children, pasted]));
    expect(toStorage(copied)).toBe(`${doubled}<ac:task-list>${task(8, 'a')}</ac:task-list>`);
  });
});

describe('a task that is copied as the very node that it is', () => {
  const list = (...tasks: readonly string[]) => `<ac:task-list>${tasks.join('')}</ac:task-list>`;
  const { doc, toStorage } = openStorage(`${list(task(1, 'a'), task(2, 'b'))}<p>c</p>`);
  const tasks = doc.child(0);

  it('keeps its number, and the copy gets a new one, in another list', () => {
    const copied = doc.copy(Fragment.from([...doc.children, tasks]));
    expect(toStorage(copied)).toBe(`${list(task(1, 'a'), task(2, 'b'))}<p>c</p>${list(task(3, 'a'), task(4, 'b'))}`);
  });

  it('keeps its number, and the copy gets a new one, in the same list', () => {
    const longer = tasks.copy(Fragment.from([...tasks.children, tasks.child(0)]));
    expect(toStorage(doc.copy(doc.content.replaceChild(0, longer)))).toBe(
      `${list(task(1, 'a'), task(2, 'b'), task(3, 'a'))}<p>c</p>`,
    );
  });
});
