import { describe, expect, it } from '@jest/globals';
import { nodeType, openStorage } from '@tributary/editor-document';
import { EditorState, TextSelection } from 'prosemirror-state';
import { imageSource } from '../insertions';
import { closePlace, fillPlace, openPlaces, uploadPlaces } from './upload-places';

const image = (name: string) => nodeType('image').create({ source: imageSource(name) });
const inStorage = (name: string) => `<ac:image><ri:attachment ri:filename="${name}" /></ac:image>`;

/** An editor of a body, with these positions selected. */
function editing(body: string, from: number, to = from) {
  const { doc, toStorage } = openStorage(body);
  let state = EditorState.create({ doc, plugins: [uploadPlaces()], selection: TextSelection.create(doc, from, to) });
  return {
    get state() {
      return state;
    },
    run: (transaction: EditorState['tr'] | undefined) => transaction && (state = state.apply(transaction)),
    select: (start: number, end: number) =>
      (state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, start, end)))),
    open: (...names: string[]): number[] => {
      const { transaction, orders } = openPlaces(
        state,
        names.map((name) => ({ name })),
      );
      state = state.apply(transaction);
      return [...orders];
    },
    body: () => toStorage(state.doc),
  };
}

describe('the place of a file that is on its way', () => {
  it('is behind what was selected, and stays there while text is written before and behind it', () => {
    const editor = editing('<p>one two</p>', 1, 4);
    const [order = 0] = editor.open('a.png');
    editor.run(editor.state.tr.insertText('typed', 4));
    editor.run(editor.state.tr.insertText('Before ', 1));
    editor.select(1, 8);
    editor.run(fillPlace(editor.state, order, image('a.png')));
    expect(editor.body()).toBe(`<p>Before one${inStorage('a.png')}typed two</p>`);
    expect(editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to)).toBe('Before ');
  });

  it('keeps the order of files that arrive in another one', () => {
    const editor = editing('<p>xy</p>', 2);
    const [first = 0, second = 0, third = 0] = editor.open('1.png', '2.png', '3.png');
    for (const [order, name] of [
      [second, '2.png'],
      [third, '3.png'],
      [first, '1.png'],
    ] as const)
      editor.run(fillPlace(editor.state, order, image(name)));
    expect(editor.body()).toBe(`<p>x${['1.png', '2.png', '3.png'].map(inStorage).join('')}y</p>`);
  });

  it('goes with the text around it, and when the file doesn’t come', () => {
    const editor = editing('<p>one two</p><p>three</p>', 4);
    const [deleted = 0, failed = 0] = [...editor.open('a.png'), ...editor.open('b.png')];
    editor.run(closePlace(editor.state, failed));
    editor.run(editor.state.tr.delete(2, 6));
    expect([deleted, failed].map((order) => fillPlace(editor.state, order, image('c.png')))).toEqual([
      undefined,
      undefined,
    ]);
    expect(editor.body()).toBe('<p>owo</p><p>three</p>');
  });

  it('is between blocks, too', () => {
    const editor = editing('<hr /><p>b</p>', 3);
    const { transaction, orders } = openPlaces(editor.state, [{ name: 'a.png', at: 1 }]);
    editor.run(transaction);
    editor.run(fillPlace(editor.state, orders[0] ?? 0, image('a.png')));
    expect(editor.body()).toBe(`<hr /><p>${inStorage('a.png')}</p><p>b</p>`);
  });
});
