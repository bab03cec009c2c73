import { useId, useState } from 'react';
import { chooseLanguage, useTexts, type Language } from '../messages/language';
import { LanguageOptions } from './language-options';
import { chooseTheme, currentTheme, themes, type Theme } from './theme';

/** The reader's language and appearance; both are remembered in this browser. */
export function Preferences() {
  const { text, language } = useTexts();
  const [theme, setTheme] = useState(currentTheme);
  const id = useId();
  return (
    <div className="preferences">
      <label htmlFor={`${id}-language`}>{text('app.language')}</label>
      <select
        id={`${id}-language`}
        value={language}
        onChange={(event) => void chooseLanguage(event.target.value as Language)}
      >
        <LanguageOptions />
      </select>
      <label htmlFor={`${id}-theme`}>{text('app.theme')}</label>
      <select
        id={`${id}-theme`}
        value={theme}
        onChange={(event) => {
          setTheme(event.target.value as Theme);
          chooseTheme(event.target.value as Theme);
        }}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {text(`app.theme.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
