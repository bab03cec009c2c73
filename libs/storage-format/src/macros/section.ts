import { classes, tag } from '../render/html.js';
import { defineMacro } from './macro.js';
import { flag } from './parameters.js';

/** A row of columns. */
export const section = defineMacro({
  name: 'section',
  parameters: { border: flag(false) },
  body: 'rich',
  render: ({ parameters, scope, call, root }) => {
    const row = tag('div', { class: 'sectionMacroRow' }, scope.render(call.richBody ?? []));
    const className = classes('sectionMacro', parameters.border && 'sectionMacroWithBorder');
    return root('div', { class: 'sectionColumnWrapper' }, tag('div', { class: className }, row));
  },
});
