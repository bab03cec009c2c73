import { describe, expect, it } from '@jest/globals';
import { elementOf, openStorage } from '@tributary/editor-document';
import { EditorState, NodeSelection, TextSelection, type Command, type Selection } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import { insertMacro } from './elements/insert-macro';
import { insertRule } from './insertions';

const toc = '<ac:structured-macro ac:name="toc" />';

/** A body after a command with that selection. */
function after(body: string, select: (doc: Node) => Selection, command: Command): string {
  const { doc, toStorage } = openStorage(body);
  let state = EditorState.create({ doc, selection: select(doc) });
  expect(command(state, (transaction) => (state = state.apply(transaction)))).toBe(true);
  return toStorage(state.doc);
}
const inText = (doc: Node) => TextSelection.atStart(doc);
const firstNode = (doc: Node) => NodeSelection.create(doc, 0);

describe('a block that is put in', () => {
  it('stands behind the block that the cursor is in, or in the place of an empty paragraph', () => {
    expect(after('<p>a</p><p>b</p>', inText, insertRule)).toBe('<p>a</p><hr /><p>b</p>');
    expect(after('<p /><p>b</p>', inText, insertRule)).toBe('<hr /><p>b</p>');
  });

  it('stands behind a block that is selected as a whole', () => {
    expect(after(`${toc}<p>b</p>`, firstNode, insertRule)).toBe(`${toc}<hr /><p>b</p>`);
  });
});

describe('a macro that is put in', () => {
  const put = (source: string) => after('<p>a</p>', inText, insertMacro(elementOf(source)));

  it('is a block, or stands in the line when it is one for that', () => {
    expect(put(toc)).toBe(`<p>a</p>${toc}<p />`);
    const anchor =
      '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">x</ac:parameter></ac:structured-macro>';
    expect(put(anchor)).toBe(`<p>${anchor}a</p>`);
  });
});
