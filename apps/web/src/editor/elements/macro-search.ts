import type { MacroDeclaration } from '@tributary/storage-format';
import type { Texts } from '../../messages/language';
import { elementLabels } from './element-labels';

/** The macros that all words fit, by name, label or purpose; those whose name begins so come first. */
export function macrosFor(text: Texts['text'], macros: readonly MacroDeclaration[], words: string) {
  const labels = elementLabels(text);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const described = macros.map(({ name, body }) => {
    const label = labels.macro(name);
    const purpose = labels.purpose(name);
    return { name, body, label, purpose, sought: `${name} ${label} ${purpose}`.toLowerCase() };
  });
  const isFirst = ({ name, label }: (typeof described)[number]) =>
    [name, label].some((each) => each.toLowerCase().startsWith(wanted[0] ?? ''));
  return described
    .filter(({ sought }) => wanted.every((word) => sought.includes(word)))
    .sort((left, right) => Number(isFirst(right)) - Number(isFirst(left)) || left.label.localeCompare(right.label));
}
