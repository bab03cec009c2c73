import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import type { Node } from 'prosemirror-model';
import { EditorState, NodeSelection, TextSelection, type Selection } from 'prosemirror-state';
import {
  browseMacros,
  closeElementDialog,
  editProperties,
  editPropertiesAt,
  elementDialogs,
  openElementDialog,
} from './element-dialogs';

const panel = (inside: string): string =>
  `<ac:structured-macro ac:name="panel"><ac:rich-text-body>${inside}</ac:rich-text-body></ac:structured-macro>`;
const table = (inside: string): string => `<table><tbody><tr><td>${inside}</td></tr></tbody></table>`;
const toc = '<ac:structured-macro ac:name="toc" />';

function editing(body: string, select: (doc: Node) => Selection) {
  const { doc } = openStorage(body);
  return EditorState.create({ doc, selection: select(doc), plugins: [elementDialogs] });
}
const inText = (doc: Node) => TextSelection.atStart(doc);

/** The dialog that the properties of the selection are in. */
function propertiesOf(state: EditorState) {
  let next = state;
  editProperties(state, (transaction) => (next = state.apply(transaction)));
  return openElementDialog(next);
}

describe('the properties', () => {
  it('are those of the innermost macro or table around the cursor', () => {
    expect(propertiesOf(editing(panel('<p>a</p>'), inText))).toBe('properties');
    expect(propertiesOf(editing(table('<p>a</p>'), inText))).toBe('table');
    expect(propertiesOf(editing(panel(table('<p>a</p>')), inText))).toBe('table');
    expect(propertiesOf(editing(table(panel('<p>a</p>')), inText))).toBe('properties');
    expect(propertiesOf(editing(toc, (doc) => NodeSelection.create(doc, 0)))).toBe('properties');
    expect(propertiesOf(editing('<p>a</p>', inText))).toBeUndefined();
  });

  it('are those of a node itself where it is pointed at', () => {
    const state = editing(panel('<p>a</p>'), inText);
    const isAsked = (position: number) => editPropertiesAt(position)(state);
    expect([isAsked(0), isAsked(1)]).toEqual([true, false]);
  });

  it('are closed when what they are of has gone', () => {
    let state = editing(`${toc}<p>a</p>`, (doc) => NodeSelection.create(doc, 0));
    editProperties(state, (transaction) => (state = state.apply(transaction)));
    expect(openElementDialog(state)).toBe('properties');
    expect(openElementDialog(state.apply(state.tr.insertText('b', 3)))).toBe('properties');
    expect(openElementDialog(state.apply(state.tr.deleteSelection()))).toBeUndefined();
  });
});

it('a dialog is open until it is closed', () => {
  let state = editing('<p>a</p>', inText);
  browseMacros(state, (transaction) => (state = state.apply(transaction)));
  state = state.apply(state.tr.insertText('b'));
  expect(openElementDialog(state)).toBe('macros');
  closeElementDialog(state, (transaction) => (state = state.apply(transaction)));
  expect(openElementDialog(state)).toBeUndefined();
});
