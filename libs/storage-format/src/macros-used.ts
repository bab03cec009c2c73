import { attributeOf, type StorageDocument } from './document.js';
import { isMacro } from './macro-call.js';
import { elementsBelow } from './walk.js';

/** The names of the macros that a body uses, in the order of their first use, and how often it uses each. */
export function macrosOf(document: StorageDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const element of elementsBelow(document.children)) {
    if (!isMacro(element)) continue;
    const name = attributeOf(element, 'ac:name') ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
