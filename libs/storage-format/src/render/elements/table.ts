import { tag } from '../html.js';
import { htmlAttributes, type ElementRenderer } from './element.js';

export const renderTable: ElementRenderer = (element, scope) =>
  tag(
    'div',
    { class: 'table-wrap' },
    tag('table', htmlAttributes(element, 'confluenceTable'), scope.render(element.children)),
  );

export const renderHeaderCell: ElementRenderer = (element, scope) =>
  tag('th', htmlAttributes(element, 'confluenceTh'), scope.render(element.children));

export const renderDataCell: ElementRenderer = (element, scope) =>
  tag('td', htmlAttributes(element, 'confluenceTd'), scope.render(element.children));
