/* Runs before the first paint: nobody who chose dark sees a white page first. It is no module, because those run later. */
(function () {
  const root = document.documentElement;
  const chosen = (key, values) => values.find((value) => value === localStorage.getItem(`tributary.${key}`));
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'ja');
  root.lang = chosen('language', ['en', 'ja']) || preferred || 'en';
  const theme = chosen('theme', ['light', 'dark']);
  if (theme) root.dataset.theme = theme;
})();
