import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTexts } from '../messages/language';

/** Has React Aria say its few words in the language that the application is read in, not in the browser's. */
export function LibraryLanguage({ children }: { children: ReactNode }) {
  const { language } = useTexts();
  return <I18nProvider locale={language}>{children}</I18nProvider>;
}
