import { useState } from 'react';
import { useTexts, type Language } from '../messages/language';
import { applyTheme, chosenTheme, themes, type Theme } from './theme';

/** The reader's language and appearance; both are remembered in the browser. */
export function Preferences() {
  const { text, language, setLanguage } = useTexts();
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <div className="preferences">
      <label>
        <span className="visually-hidden">{text('app.language')}</span>
        <select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
          <option value="en">English</option>
          <option value="ja">日本語</option>
        </select>
      </label>
      <label>
        <span className="visually-hidden">{text('app.theme')}</span>
        <select
          value={theme}
          onChange={(event) => {
            setTheme(event.target.value as Theme);
            applyTheme(event.target.value as Theme);
          }}
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {text(`app.theme.${each}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
