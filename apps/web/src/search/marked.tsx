/** What the server puts around what was sought. */
const marks = /@@@hl@@@(.*?)@@@endhl@@@/gs;

/** A text of a search result with what was sought marked. */
export function Marked({ text }: { text: string }) {
  // Splitting by an expression with one group: every second part is what the group held.
  return text.split(marks).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}

export const withoutMarks = (text: string): string => text.replaceAll(marks, '$1');
