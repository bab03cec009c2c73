import { attributeOf, childrenOf } from '../../document.js';
import { tag } from '../html.js';
import type { ElementRenderer } from './element.js';

/** The cells of each kind of section; further ones are normal. */
const CELLS_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  two_left_sidebar: ['aside', 'normal'],
  two_right_sidebar: ['normal', 'aside'],
  three_with_sidebars: ['aside', 'normal', 'aside'],
};

const withoutSpaces: ElementRenderer = (element, scope) => scope.render(childrenOf(element));

export const renderLayout: ElementRenderer = (element, scope) =>
  tag('div', { class: 'contentLayout2' }, withoutSpaces(element, scope));

export const renderLayoutSection: ElementRenderer = (element, scope) => {
  const type = attributeOf(element, 'ac:type') ?? 'single';
  const name = type.replaceAll('_', '-');
  const cells = childrenOf(element, 'ac:layout-cell').map((cell, index) => {
    const kind = CELLS_BY_TYPE[type]?.[index] ?? 'normal';
    const inner = tag('div', { class: 'innerCell' }, scope.render(cell.children));
    return tag('div', { class: `cell ${kind}`, 'data-type': kind }, inner);
  });
  const attributes = {
    class: `columnLayout ${name}`,
    'data-layout': name,
    'data-breakout-mode': attributeOf(element, 'ac:breakout-mode'),
    'data-breakout-width': attributeOf(element, 'ac:breakout-width'),
  };
  return tag('div', attributes, cells.join(''));
};
