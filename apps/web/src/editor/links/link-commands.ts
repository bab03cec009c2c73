import { elementOf, frameOf, markType, schema, slotOf, sourceOf } from '@tributary/editor-document';
import { childOf, type StorageElement } from '@tributary/storage-format';
import type { Mark, Node, ResolvedPos } from 'prosemirror-model';
import { NodeSelection, type Command, type EditorState } from 'prosemirror-state';
import { linkTo, targetOf, wordsOf, type AnyTarget, type LinkTarget } from './link-target';

/** A link in the text: a mark of its words, or a node that is shown by its target's name. */
export interface LinkHere {
  readonly from: number;
  readonly to: number;
  readonly element: StorageElement;
  readonly target: AnyTarget | undefined;
  /** Undefined for a node. */
  readonly mark: Mark | undefined;
}

const newLink = elementOf('<a />');
const linkMark = (node: Node | null): Mark | undefined => node?.marks.find(({ type }) => type === markType('link'));

const linkOf = (element: StorageElement, from: number, to: number, mark?: Mark): LinkHere => ({
  from,
  to,
  element,
  target: targetOf(element),
  mark,
});

/** The link at the cursor or around all that is selected; a mention of somebody is none. */
export function linkHere({ selection }: EditorState): LinkHere | undefined {
  const { $from, from, to } = selection;
  if (selection instanceof NodeSelection && selection.node.type.name === 'reference') {
    const element = elementOf(String(selection.node.attrs['source']));
    return childOf(element, 'ri:user') ? undefined : linkOf(element, from, to);
  }
  if (!$from.parent.inlineContent) return undefined;
  const found =
    linkAround($from, $from.index()) ?? ($from.textOffset === 0 ? linkAround($from, $from.index() - 1) : undefined);
  return found && found.to >= to ? found : undefined;
}

/** The link of a line's node of that index, and of its neighbours that it goes on in. */
function linkAround($place: ResolvedPos, index: number): LinkHere | undefined {
  const { parent } = $place;
  const mark = linkMark(parent.maybeChild(index));
  if (mark === undefined) return undefined;
  const has = (at: number) => parent.maybeChild(at)?.marks.some((each) => each.eq(mark)) ?? false;
  let [first, last] = [index, index];
  while (has(first - 1)) first -= 1;
  while (has(last + 1)) last += 1;
  const frame = mark.attrs['frame'] as string | null;
  const element = frame === null ? newLink : elementOf(frame);
  return linkOf(element, $place.posAtIndex(first), $place.posAtIndex(last + 1), mark);
}

/** Gives the link here another target; where there is none, makes one of what is selected, or of `words` at the cursor. */
export const setLink =
  (target: LinkTarget, words: string = wordsOf(target)): Command =>
  (state, dispatch) => {
    const here = linkHere(state);
    const { tr: transaction, selection } = state;
    if (here) changeLink(transaction, here, target);
    else {
      const link = markType('link').create({ frame: frameOf(linkTo(target)) });
      const { from, to, empty, $from } = selection;
      if (!$from.parent.type.allowsMarkType(link.type)) return false;
      if (empty) transaction.insert(from, schema.text(words, link.addToSet($from.marks())));
      else transaction.removeMark(from, to, link.type).addMark(from, to, link);
    }
    dispatch?.(transaction.removeStoredMark(markType('link')).scrollIntoView());
    return true;
  };

function changeLink(
  transaction: EditorState['tr'],
  { from, to, element, mark, target: before }: LinkHere,
  target: LinkTarget,
) {
  const changed = linkTo(target, element);
  if (mark) {
    const frame = changed.name === element.name ? frameOf(changed, slotOf(element).children) : frameOf(changed);
    transaction.removeMark(from, to, mark).addMark(from, to, mark.type.create({ ...mark.attrs, frame }));
  } else if (changed.name === 'ac:link') {
    transaction.setNodeAttribute(from, 'source', sourceOf(changed));
    transaction.setSelection(NodeSelection.create(transaction.doc, from));
  } else {
    // An address shows words of its own.
    const link = markType('link').create({ frame: frameOf(changed) });
    const marks = link.addToSet(transaction.doc.nodeAt(from)?.marks ?? []);
    transaction.replaceWith(from, to, schema.text(wordsOf(before ?? target), marks));
  }
}

/** Leaves the words of the link here, without the link. */
export const removeLink: Command = (state, dispatch) => {
  const here = linkHere(state);
  if (here === undefined) return false;
  const { from, to, mark, target } = here;
  const transaction = state.tr;
  if (mark) transaction.removeMark(from, to, mark);
  else {
    const words = target === undefined ? '' : wordsOf(target);
    transaction.replaceWith(from, to, words === '' ? [] : schema.text(words, transaction.doc.nodeAt(from)?.marks));
  }
  dispatch?.(transaction.removeStoredMark(markType('link')).scrollIntoView());
  return true;
};
