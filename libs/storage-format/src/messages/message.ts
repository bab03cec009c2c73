import { en, type MessageKey, type Messages } from './en.js';
import { ja } from './ja.js';

export type { MessageKey } from './en.js';

/** The languages that pages are rendered in. */
export type MessageLocale = 'en' | 'ja';

export type MessageValues = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<MessageLocale, Messages>> = { en, ja };

/** A text of the catalogue with its values put in; plain text, not HTML. */
export function message(locale: MessageLocale, key: MessageKey, values: MessageValues = {}): string {
  return catalogues[locale][key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(values[name] ?? placeholder),
  );
}

/** Whether a name that came from a page has a text under this prefix. */
export function hasMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
