import { en } from './en.js';
import { ja } from './ja.js';

const catalogues = { en, ja };

/** The text of a key in the reader's language; a key of a newer version, which the catalogues don't have, stands for itself. */
export function translate(locale: 'en' | 'ja', key: string, args: readonly (string | number)[] = []): string {
  const text = catalogues[locale][key] ?? en[key] ?? key;
  return text.replaceAll(/\{(\d)\}/g, (mark, place: string) => String(args[Number(place)] ?? mark));
}
