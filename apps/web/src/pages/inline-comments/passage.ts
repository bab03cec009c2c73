import type { Passage } from '../../rest/inline-comments';

/** As much as the wiki takes. */
const lengthMax = 2_000;
/** How much around a passage tells it from the same words elsewhere. */
const contextLength = 60;

/** A passage with where it is in the document, until that changes. */
export interface ChosenPassage extends Passage {
  readonly range: Range;
}

/** The passage of a body that is selected now; undefined where nothing of it is, or more than can be commented on. */
export function chosenIn(body: HTMLElement): ChosenPassage | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return undefined;
  const originalSelection = textOf(range.cloneContents()).trim();
  if (originalSelection === '' || originalSelection.length > lengthMax) return undefined;
  const before = textAround(body, (around) => around.setEnd(range.startContainer, range.startOffset));
  const after = textAround(body, (around) => around.setStart(range.endContainer, range.endOffset));
  return {
    originalSelection,
    before: before.slice(-contextLength),
    after: after.slice(0, contextLength),
    matchIndex: countOf(packed(originalSelection), packed(before)),
    range: range.cloneRange(),
  };
}

/** What readers see as the page's own words, without what the application put among them. */
function textOf(fragment: DocumentFragment): string {
  for (const control of fragment.querySelectorAll('button')) control.remove();
  return fragment.textContent ?? '';
}

function textAround(body: HTMLElement, limit: (around: Range) => void): string {
  const around = document.createRange();
  around.selectNodeContents(body);
  limit(around);
  return around.toString();
}

const packed = (text: string): string => text.replaceAll(/\s+/g, '');

function countOf(wanted: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) count += 1;
  return count;
}

const highlightName = 'commented-passage';

/** Shows a passage as chosen while something else has the selection, where the browser can. Returns the way to end that. */
export function showChosen(range: Range): () => void {
  if (!('highlights' in CSS)) return () => undefined;
  CSS.highlights.set(highlightName, new Highlight(range));
  return () => CSS.highlights.delete(highlightName);
}
