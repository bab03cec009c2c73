import { describe, expect, it } from '@jest/globals';
import { openStorage } from '@tributary/editor-document';
import { search } from 'prosemirror-search';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { history, undo } from 'prosemirror-history';
import {
  atOrBehind,
  lookFor,
  matchesOf,
  neighbour,
  queryOf,
  replaceMatches,
  selectedMatch,
  selectMatch,
} from './matches';

const body =
  '<p>Tea and <strong>te</strong>a</p><table><tbody><tr><td>tea $1</td></tr></tbody></table>' +
  '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[make TEA]]></ac:plain-text-body></ac:structured-macro>';

function opened(words: string, isCaseSensitive = false) {
  const { doc, toStorage } = openStorage(body);
  let state = EditorState.create({ doc, plugins: [search(), history()] });
  const run = (command: Command) => command(state, (transaction) => (state = state.apply(transaction)));
  run(lookFor(queryOf(words, isCaseSensitive)));
  return { run, state: () => state, written: () => toStorage(state.doc) };
}

describe('find', () => {
  it('finds in text, tables and code, over marks, with and without case', () => {
    expect(matchesOf(opened('tea').state())).toHaveLength(4);
    expect(matchesOf(opened('tea', true).state())).toHaveLength(2);
    expect(matchesOf(opened('$1').state())).toHaveLength(1);
    expect(matchesOf(opened('').state())).toEqual([]);
  });

  it('goes from match to match and round', () => {
    const { run, state } = opened('tea');
    const matches = matchesOf(state());
    const first = atOrBehind(state(), matches);
    expect(first).toEqual(matches[0]);
    const way = [1, 1, 1, 1, -1].map((step) => {
      const next = neighbour(state(), matches, step as 1);
      if (next) run(selectMatch(next));
      return selectedMatch(state(), matches);
    });
    expect(way).toEqual([1, 2, 3, 4, 3]);
    run((now, dispatch) => (dispatch?.(now.tr.setSelection(TextSelection.atEnd(now.doc))), true));
    expect(neighbour(state(), matches, 1)).toEqual(matches[0]);
  });

  it('replaces all in one step of undo, also by what looks like a pattern', () => {
    const { run, state, written } = opened('tea');
    run(replaceMatches(matchesOf(state()), '$&5'));
    expect(written().replaceAll(/<[^>]*>/g, '|')).toContain('|$&amp;5 and |$&amp;5|');
    expect(written()).toContain('<![CDATA[make $&5]]>');
    run(undo);
    expect(written()).toBe(body);
    run(replaceMatches(matchesOf(state()), ''));
    expect(matchesOf(state())).toEqual([]);
  });
});
