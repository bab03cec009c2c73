import { languages } from '../messages/language';

/** The wiki's languages, each by its own name. */
export const LanguageOptions = () =>
  Object.entries(languages).map(([key, name]) => (
    <option key={key} value={key} lang={key}>
      {name}
    </option>
  ));
