import { i18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { startTransition, useMemo } from 'react';
import type en from './en.json';

export const languages = { en: 'English', ja: '日本語' } as const;
export type Language = keyof typeof languages;
export type MessageKey = keyof typeof en;

/** Each catalogue is loaded when somebody reads in it. */
const catalogues: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: () => import('./en.json?lingui'),
  ja: () => import('./ja.json?lingui'),
};

/** The language of this document; `appearance.js` chose it before anything else ran. */
export const currentLanguage = (): Language => (document.documentElement.lang === 'ja' ? 'ja' : 'en');

/** Shows the application in a language from now on. */
export async function activateLanguage(language: Language): Promise<void> {
  const { messages } = await catalogues[language]();
  document.documentElement.lang = language;
  // What is read anew in that language is shown once it is there; the old one stays until then.
  startTransition(() => i18n.loadAndActivate({ locale: language, messages }));
}

/** As `activateLanguage`, and remembers it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  await activateLanguage(language);
  localStorage.setItem('tributary.language', language);
}

export interface Texts {
  readonly language: Language;
  text(key: MessageKey, values?: Record<string, string | number>): string;
  /** A time of the server's in the reader's language and time zone. */
  date(iso: string): string;
}

/** Texts in the reader's language; a component that uses them is rendered again when it changes. */
export function useTexts(): Texts {
  const { i18n: active } = useLingui();
  const language = active.locale as Language;
  return useMemo(() => {
    // The reader's own kind of the language, so that a date is in the order that they know.
    const region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
    const dates = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' });
    return { language, text: (key, values) => i18n._(key, values), date: (iso) => dates.format(new Date(iso)) };
  }, [language]);
}
