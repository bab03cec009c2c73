import { i18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { startTransition, useMemo } from 'react';
import type administration from '../administration/messages/en.json';
import type elements from '../editor/elements/messages/en.json';
import type en from './en.json';

export const languages = { en: 'English', ja: '日本語' } as const;
export type Language = keyof typeof languages;
export type MessageKey = keyof typeof en | keyof typeof administration | keyof typeof elements;
type Catalogue = () => Promise<{ messages: Messages }>;

/** Each catalogue is loaded when somebody reads in it; what readers of pages never see is a part of its own. */
const catalogues = {
  application: { en: () => import('./en.json?lingui'), ja: () => import('./ja.json?lingui') },
  administration: {
    en: () => import('../administration/messages/en.json?lingui'),
    ja: () => import('../administration/messages/ja.json?lingui'),
  },
  elements: {
    en: () => import('../editor/elements/messages/en.json?lingui'),
    ja: () => import('../editor/elements/messages/ja.json?lingui'),
  },
} satisfies Record<string, Record<Language, Catalogue>>;
type Part = keyof typeof catalogues;
const partsInUse = new Set<Part>(['application']);

/** The language of this document; `appearance.js` chose it before anything else ran. */
export const currentLanguage = (): Language => (document.documentElement.lang === 'ja' ? 'ja' : 'en');

/** Whether the reader has chosen a language of the wiki, here or in the browser's settings. */
export const hasChosenLanguage = (): boolean =>
  localStorage.getItem('tributary.language') !== null ||
  navigator.languages.some((tag) => tag.slice(0, 2) in languages);

/** Shows the application in a language from now on. */
export async function activateLanguage(language: Language): Promise<void> {
  const loaded = await Promise.all([...partsInUse].map((part) => catalogues[part][language]()));
  document.documentElement.lang = language;
  // What is read anew in that language is shown once it is there; the old one stays until then.
  startTransition(() => {
    for (const { messages } of loaded) i18n.load(language, messages);
    i18n.activate(language);
  });
}

/** Makes the texts of a part there, in this language and in those that are switched to. */
export async function loadTexts(part: Part): Promise<void> {
  partsInUse.add(part);
  const language = currentLanguage();
  const { messages } = await catalogues[part][language]();
  i18n.load(language, messages);
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
  /** How long ago something was, in the largest unit that fits. */
  ago(millis: number): string;
}

/** Texts in the reader's language; a component that uses them is rendered again when it changes. */
export function useTexts(): Texts {
  const { i18n: active } = useLingui();
  const language = active.locale as Language;
  return useMemo(() => {
    // The reader's own kind of the language, so that a date is in the order that they know.
    const region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
    const dates = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' });
    const past = new Intl.RelativeTimeFormat(region, { numeric: 'always', style: 'narrow' });
    return {
      language,
      text: (key, values) => i18n._(key, values),
      date: (iso) => dates.format(new Date(iso)),
      ago(millis) {
        const seconds = Math.floor(millis / 1_000);
        if (seconds < 60) return past.format(-seconds, 'second');
        return seconds < 3_600
          ? past.format(-Math.floor(seconds / 60), 'minute')
          : past.format(-Math.floor(seconds / 3_600), 'hour');
      },
    };
  }, [language]);
}
