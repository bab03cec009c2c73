import { escapeHtml, tag } from '../render/html.js';
import { defineMacro } from './macro.js';
import { colour, text } from './parameters.js';
import { styleOf, widthOf } from './style.js';

/** A box with an optional title, in colours of the writer's choice. */
export const panel = defineMacro({
  name: 'panel',
  parameters: {
    title: text(),
    borderStyle: text(),
    borderColor: colour(),
    borderWidth: text('1'),
    bgColor: colour(),
    titleBGColor: colour(),
    titleColor: colour(),
  },
  defaultParameter: 'title',
  body: 'rich',
  render: ({ parameters, scope, call, root }) => {
    const { title, borderStyle, borderColor, borderWidth, bgColor, titleBGColor, titleColor } = parameters;
    const width = widthOf(borderWidth);
    const headerStyle = styleOf({
      'border-bottom-width': width,
      'border-bottom-style': borderStyle,
      'border-bottom-color': borderColor,
      'background-color': titleBGColor,
      color: titleColor,
    });
    const header = tag('div', { class: 'panelHeader', style: headerStyle }, tag('b', {}, escapeHtml(title)));
    const content = tag(
      'div',
      { class: 'panelContent', style: styleOf({ 'background-color': bgColor }) },
      scope.render(call.richBody ?? []),
    );
    const style = styleOf({
      'background-color': bgColor,
      'border-color': borderColor,
      'border-style': borderStyle,
      'border-width': width,
    });
    return root('div', { class: 'panel', style }, (title === '' ? '' : header) + content);
  },
});
