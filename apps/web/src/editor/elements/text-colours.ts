import { markType } from '@tributary/editor-document';
import type { Command, EditorState } from 'prosemirror-state';

/** Colours of text as Confluence's own palette writes them; on any paper they are drawn so that they can be read. */
export const textColours = {
  red: 'rgb(255,86,48)',
  orange: 'rgb(255,153,31)',
  yellow: 'rgb(255,196,0)',
  green: 'rgb(54,179,126)',
  teal: 'rgb(0,184,217)',
  blue: 'rgb(0,82,204)',
  purple: 'rgb(101,84,192)',
  grey: 'rgb(107,119,140)',
} as const;
export type TextColour = keyof typeof textColours;

/** Gives the selection, or what is typed next, a colour; null takes it away. */
export const setTextColour =
  (colour: string | null): Command =>
  (state, dispatch) => {
    const { from, to, empty, $from } = state.selection;
    const type = markType('colour');
    if (!$from.parent.type.allowsMarkType(type) && empty) return false;
    const transaction = state.tr;
    const mark = colour === null ? undefined : type.create({ colour });
    if (empty) {
      const others = (state.storedMarks ?? $from.marks()).filter((each) => each.type !== type);
      transaction.setStoredMarks(mark ? mark.addToSet(others) : others);
    } else {
      transaction.removeMark(from, to, type);
      if (mark) transaction.addMark(from, to, mark);
    }
    dispatch?.(transaction.scrollIntoView());
    return true;
  };

/** The colour of what is selected, where it begins. */
export function textColourHere({ selection, storedMarks, doc }: EditorState): string | undefined {
  const { $from, empty, from } = selection;
  const marks = empty ? (storedMarks ?? $from.marks()) : (doc.nodeAt(from)?.marks ?? []);
  const colour = marks.find(({ type }) => type.name === 'colour')?.attrs['colour'] as string | null | undefined;
  return colour ?? undefined;
}
