import { schema } from '@tributary/editor-document';
import { closeHistory } from 'prosemirror-history';
import { SearchQuery, getSearchState, setSearchState } from 'prosemirror-search';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';

export interface Match {
  readonly from: number;
  readonly to: number;
}

/** What is looked for: the words as they are, in text, tables and code. */
export const queryOf = (words: string, isCaseSensitive: boolean): SearchQuery =>
  new SearchQuery({ search: words, caseSensitive: isCaseSensitive, literal: true });

/** Looks for something from now on; where it is found is marked. */
export const lookFor =
  (query: SearchQuery): Command =>
  (state, dispatch) => {
    dispatch?.(setSearchState(state.tr, query));
    return true;
  };

/** All places of what is looked for; takes time in proportion to the document. */
export function matchesOf(state: EditorState): Match[] {
  const query = getSearchState(state)?.query;
  const matches: Match[] = [];
  if (!query?.valid) return matches;
  for (let at = 0; ;) {
    const found = query.findNext(state, at);
    if (found === null) return matches;
    matches.push({ from: found.from, to: found.to });
    at = Math.max(found.to, at + 1);
  }
}

const isSelected = ({ selection }: EditorState, match: Match): boolean =>
  selection.from === match.from && selection.to === match.to;

/** Which match is selected, counted from 1; 0 for none. */
export const selectedMatch = (state: EditorState, matches: readonly Match[]): number =>
  matches.findIndex((match) => isSelected(state, match)) + 1;

/** The match that is next to the selection in a direction, round at the ends. */
export function neighbour(state: EditorState, matches: readonly Match[], step: 1 | -1): Match | undefined {
  const { from, to } = state.selection;
  const [first] = matches;
  if (step === 1) return matches.find((match) => match.from >= to && !isSelected(state, match)) ?? first;
  return matches.findLast((match) => match.to <= from) ?? matches.at(-1);
}

/** Selects the match where the cursor is, or the first behind it. */
export const atOrBehind = (state: EditorState, matches: readonly Match[]): Match | undefined =>
  matches.find((match) => match.from >= state.selection.from) ?? matches[0];

export const selectMatch =
  ({ from, to }: Match): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
    return true;
  };

/** Puts words in the place of matches, all in one step of undo, with the marks that are on each. */
export const replaceMatches =
  (matches: readonly Match[], words: string): Command =>
  (state, dispatch) => {
    const transaction = closeHistory(state.tr);
    for (const { from, to } of matches.toReversed()) {
      const marks = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) ?? [];
      if (words === '') transaction.delete(from, to);
      else transaction.replaceWith(from, to, schema.text(words, marks));
    }
    const [last] = matches;
    if (matches.length === 1 && last)
      transaction.setSelection(TextSelection.create(transaction.doc, last.from + words.length));
    dispatch?.(transaction);
    return matches.length > 0;
  };
