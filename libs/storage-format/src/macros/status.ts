import { classes, escapeHtml } from '../render/html.js';
import { defineMacro } from './macro.js';
import { choice, flag, text } from './parameters.js';

const COLOURS = ['Grey', 'Red', 'Yellow', 'Green', 'Blue', 'Purple'] as const;

const CLASS_BY_COLOUR: Readonly<Record<(typeof COLOURS)[number], string>> = {
  Grey: '',
  Red: 'aui-lozenge-error',
  Yellow: 'aui-lozenge-current',
  Green: 'aui-lozenge-success',
  Blue: 'aui-lozenge-complete',
  Purple: 'aui-lozenge-new',
};

/** A coloured word in a line. */
export const status = defineMacro({
  name: 'status',
  parameters: { title: text(), colour: choice(COLOURS, 'Grey'), subtle: flag(false) },
  body: 'none',
  render: ({ parameters, scope, root }) => {
    const { title, colour, subtle } = parameters;
    const className = classes('status-macro aui-lozenge', CLASS_BY_COLOUR[colour], subtle && 'aui-lozenge-subtle');
    return root('span', { class: className }, escapeHtml(title === '' ? scope.message('status.empty') : title));
  },
});
