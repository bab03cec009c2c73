import { i18n } from '@lingui/core';
import type { MessageKey, Texts } from '../../messages/language';

/** Names of what macros are made of. Whoever adds a macro needn't add texts: without one its own word is shown. */
export function elementLabels(text: Texts['text']) {
  const known = (key: string, otherwise: string): string =>
    key in i18n.messages ? text(key as MessageKey) : otherwise;
  const word = (name: string) => name.replaceAll(/\W/g, '_');
  return {
    macro(macro: string): string {
      const name = word(macro);
      return known(`macro.${name}`, macro);
    },
    /** What a macro is for; empty for one that nobody described. */
    purpose(macro: string): string {
      const name = word(macro);
      return known(`purpose.${name}`, '');
    },
    parameter(parameter: string): string {
      if (parameter === '') return text('element.unnamed');
      const name = word(parameter);
      return known(`parameter.${name}`, parameter);
    },
    choice(choice: string): string {
      const name = word(choice);
      return known(`choice.${name}`, choice);
    },
  };
}
