export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'tributary.theme';

export function chosenTheme(): Theme {
  const chosen = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === chosen) ?? 'system';
}

/** Puts the chosen appearance on the document; the style sheet does the rest. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  localStorage.setItem(storageKey, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
