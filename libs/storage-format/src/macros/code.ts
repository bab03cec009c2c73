import { classes, escapeHtml, tag } from '../render/html.js';
import { defineMacro } from './macro.js';
import { choice, flag, integer, text } from './parameters.js';

const THEMES = ['Confluence', 'DJango', 'Emacs', 'FadeToGrey', 'Midnight', 'RDark', 'Eclipse'] as const;

/** Code, coloured by the reader's browser: `data-syntaxhighlighter-params` tells its brush. */
export const code = defineMacro({
  name: 'code',
  parameters: {
    language: text('java'),
    title: text(),
    linenumbers: flag(false),
    firstline: integer(1, 0, 999_999),
    collapse: flag(false),
    theme: choice(THEMES, 'Confluence'),
  },
  defaultParameter: 'language',
  body: 'plain',
  render: ({ parameters, call, root }) => {
    const { language, title, linenumbers, firstline, collapse, theme } = parameters;
    const brush = language.toLowerCase().replace(/[^a-z0-9#+_.-]/g, '');
    const settings = [
      `brush: ${brush}`,
      `gutter: ${linenumbers}`,
      ...(linenumbers ? [`first-line: ${firstline}`] : []),
      ...(collapse ? ['collapse: true'] : []),
      `theme: ${theme}`,
    ];
    const pre = tag(
      'pre',
      { class: 'syntaxhighlighter-pre', 'data-syntaxhighlighter-params': settings.join('; '), 'data-theme': theme },
      escapeHtml(call.plainBody ?? ''),
    );
    const header = tag(
      'div',
      { class: classes('codeHeader panelHeader pdl', collapse && 'hide-border-bottom') },
      tag('b', {}, escapeHtml(title)),
    );
    const content = tag('div', { class: classes('codeContent panelContent pdl', collapse && 'hide-toolbar') }, pre);
    return root(
      'div',
      { class: 'code panel pdl', style: 'border-width: 1px;' },
      (title === '' ? '' : header) + content,
    );
  },
});
