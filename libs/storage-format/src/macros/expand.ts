import { escapeHtml, tag } from '../render/html.js';
import { defineMacro } from './macro.js';
import { text } from './parameters.js';

/** A part that a reader opens; opened already where nothing can be clicked. */
export const expand = defineMacro({
  name: 'expand',
  parameters: { title: text() },
  defaultParameter: 'title',
  body: 'rich',
  render: ({ parameters, scope, call, root }) => {
    const id = scope.uniqueId('expander');
    const title = parameters.title === '' ? scope.message('expand.title') : parameters.title;
    const icon = tag('span', { class: 'expand-control-icon icon' }, '&nbsp;');
    const control = tag(
      'div',
      { id: id.replace('expander', 'expander-control'), class: 'expand-control' },
      icon + tag('span', { class: 'expand-control-text' }, escapeHtml(title)),
    );
    const hidden = scope.outputType === 'view' ? ' expand-hidden' : '';
    const content = tag(
      'div',
      { id: id.replace('expander', 'expander-content'), class: `expand-content${hidden}` },
      scope.render(call.richBody ?? []),
    );
    return root('div', { id, class: 'expand-container' }, control + content);
  },
});
