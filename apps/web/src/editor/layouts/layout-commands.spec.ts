import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { canonicalStorage } from '@tributary/storage-format';
import { EditorState, Selection, type Command } from 'prosemirror-state';
import { addSectionBelow, deleteSection, removeLayout, setLayoutType } from './layout-commands';

const cell = (...texts: string[]): string =>
  `<ac:layout-cell>${texts.map((each) => `<p>${each}</p>`).join('')}</ac:layout-cell>`;
const section = (type: string, ...cells: string[]): string =>
  `<ac:layout-section ac:type="${type}" ac:breakout-mode="wide">${cells.join('')}</ac:layout-section>`;
const plain = (type: string, ...cells: string[]): string =>
  section(type, ...cells).replace(' ac:breakout-mode="wide"', '');
const layout = (...sections: string[]): string => `<ac:layout>${sections.join('')}</ac:layout>`;

/** What a command makes of a body, the cursor being in front of `here`, and where the cursor is then. */
function after(body: string, command: Command, here = 'here'): { body: string; at: string } | undefined {
  const opened = openStorage(body);
  let place = 0;
  opened.doc.descendants((node, position) => {
    if (node.isText && node.text?.includes(here)) place = position;
  });
  let state = EditorState.create({ doc: opened.doc, selection: Selection.near(opened.doc.resolve(place)) });
  if (!command(state, (transaction) => (state = state.apply(transaction)))) return undefined;
  return { body: canonicalStorage(opened.toStorage(state.doc)), at: state.selection.$from.parent.textContent };
}
const is = (body: string, at = 'here') => ({ body: canonicalStorage(body), at });

describe('columns', () => {
  const three = layout(section('three_equal', cell('a'), cell('here'), cell('b', 'c')));
  it('are added empty, or given to the one before, and the section keeps what else it says', () => {
    expect(after(three, setLayoutType('two_left_sidebar'))).toEqual(
      is(layout(section('two_left_sidebar', cell('a'), cell('here', 'b', 'c')))),
    );
    expect(after(three, setLayoutType('single'))).toEqual(is(layout(section('single', cell('a', 'here', 'b', 'c')))));
    expect(after(layout(section('single', cell('here'))), setLayoutType('three_with_sidebars'))).toEqual(
      is(layout(section('three_with_sidebars', cell('here'), cell(''), cell('')))),
    );
    expect(after(layout(section('three_equal', cell('here'), cell(''), cell('b'))), setLayoutType('single'))).toEqual(
      is(layout(section('single', cell('here', 'b')))),
    );
    expect(after('<p>here</p>', setLayoutType('single'))).toBeUndefined();
  });

  it('come and go with their section', () => {
    const below = plain('three_equal', cell(''), cell(''), cell(''));
    expect(after(three, addSectionBelow)).toEqual(is(three.replace('</ac:layout>', `${below}</ac:layout>`), ''));
    const two = layout(section('single', cell('here')), section('single', cell('left')));
    expect(after(two, deleteSection)).toEqual(is(layout(section('single', cell('left'))), 'left'));
    expect(after(`<p>before</p>${three}<p>behind</p>`, deleteSection)).toEqual(
      is('<p>before</p><p>behind</p>', 'behind'),
    );
    expect(after(layout(section('single', cell('here'))), deleteSection)).toEqual(is('<p></p>', ''));
    expect(after(`<p>before</p>${two}`, removeLayout)).toEqual(is('<p>before</p><p>here</p><p>left</p>'));
  });
});
