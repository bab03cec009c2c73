import { defineMacro } from './macro.js';
import { text } from './parameters.js';
import { styleOf, widthOf } from './style.js';

/** One column of a section. */
export const column = defineMacro({
  name: 'column',
  parameters: { width: text() },
  body: 'rich',
  render: ({ parameters, scope, call, root }) => {
    const width = widthOf(parameters.width);
    const style = styleOf({ width, 'min-width': width, 'max-width': width });
    return root('div', { class: 'columnMacro', style }, scope.render(call.richBody ?? []));
  },
});
