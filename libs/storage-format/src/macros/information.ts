import { classes, escapeHtml, tag } from '../render/html.js';
import { defineMacro, type Macro } from './macro.js';
import { flag, text } from './parameters.js';

/** One of the four boxes; they differ in their colour and icon. */
function informationMacro(name: string, kind: string, icon: string): Macro {
  return defineMacro({
    name,
    parameters: { title: text(), icon: flag(true) },
    defaultParameter: 'title',
    body: 'rich',
    render: ({ parameters, scope, call, root }) => {
      const mark = `aui-icon aui-icon-small aui-iconfont-${icon} confluence-information-macro-icon`;
      const iconHtml = parameters.icon ? tag('span', { class: mark }, '') : '';
      const title = parameters.title === '' ? '' : tag('p', { class: 'title' }, escapeHtml(parameters.title));
      const body = tag('div', { class: 'confluence-information-macro-body' }, scope.render(call.richBody ?? []));
      const className = classes(
        'confluence-information-macro',
        !parameters.icon && 'has-no-icon',
        `confluence-information-macro-${kind}`,
      );
      return root('div', { class: className }, title + iconHtml + body);
    },
  });
}

export const info = informationMacro('info', 'information', 'info');
export const note = informationMacro('note', 'note', 'warning');
export const warning = informationMacro('warning', 'warning', 'error');
export const tip = informationMacro('tip', 'tip', 'approve');
