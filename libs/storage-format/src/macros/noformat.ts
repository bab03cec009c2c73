import { escapeHtml, tag } from '../render/html.js';
import { defineMacro } from './macro.js';
import { flag, text } from './parameters.js';

/** Text as it was typed. */
export const noformat = defineMacro({
  name: 'noformat',
  parameters: { title: text(), nopanel: flag(false) },
  body: 'plain',
  render: ({ parameters, call, root }) => {
    const pre = tag('pre', {}, escapeHtml(call.plainBody ?? ''));
    if (parameters.nopanel) return root('div', { class: 'preformatted' }, pre);
    const header = tag('div', { class: 'preformattedHeader panelHeader' }, tag('b', {}, escapeHtml(parameters.title)));
    const content = tag('div', { class: 'preformattedContent panelContent' }, pre);
    const style = 'border-width: 1px;';
    return root('div', { class: 'preformatted panel', style }, (parameters.title === '' ? '' : header) + content);
  },
});
