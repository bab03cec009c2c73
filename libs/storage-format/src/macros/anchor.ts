import { MacroError } from '../render/macro-error.js';
import { defineMacro } from './macro.js';
import { text } from './parameters.js';

/** A place that links lead to. */
export const anchor = defineMacro({
  name: 'anchor',
  parameters: { name: text() },
  defaultParameter: 'name',
  body: 'none',
  render: ({ parameters, scope, root }) => {
    if (parameters.name === '') throw new MacroError('error.parameter-missing', { parameter: 'name' });
    return root('span', { class: 'confluence-anchor-link', id: scope.anchorId(parameters.name) }, '');
  },
});
