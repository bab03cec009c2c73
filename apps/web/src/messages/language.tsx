import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en, type MessageKey } from './en';
import { ja } from './ja';

export type Language = 'en' | 'ja';
const catalogues: Record<Language, Record<MessageKey, string>> = { en, ja };
const storageKey = 'tributary.language';

export interface Texts {
  readonly language: Language;
  setLanguage(language: Language): void;
  text(key: MessageKey, values?: Record<string, string | number>): string;
  date(iso: string): string;
}

const TextsContext = createContext<Texts | null>(null);

function firstLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (chosen === 'en' || chosen === 'ja') return chosen;
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}

/** The reader's language: as chosen before, else as the browser says. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const texts = useMemo<Texts>(() => {
    const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    return {
      language,
      setLanguage(chosen) {
        localStorage.setItem(storageKey, chosen);
        setLanguage(chosen);
      },
      text: (key, values = {}) =>
        catalogues[language][key].replaceAll(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark)),
      date: (iso) => dates.format(new Date(iso)),
    };
  }, [language]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

export function useTexts(): Texts {
  const texts = use(TextsContext);
  if (!texts) throw new Error('The language provider is missing');
  return texts;
}
