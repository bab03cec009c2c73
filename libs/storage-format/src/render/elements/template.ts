import { attributeOf, childOf, childrenOf, type StorageDocument, type StorageElement } from '../../document.js';
import { emptyTag, escapeHtml, tag } from '../html.js';
import type { ElementRenderer } from './element.js';

function declarationOf(document: StorageDocument, name: string): StorageElement | undefined {
  const declarations = childOf(document, 'at:declarations');
  return declarations && childrenOf(declarations).find((declared) => attributeOf(declared, 'at:name') === name);
}

/** A template's variable: the field in which the one who makes a page of the template fills it in. */
export const renderTemplateVariable: ElementRenderer = (element, scope) => {
  const name = attributeOf(element, 'at:name') ?? '';
  const attributes = { class: 'template-variable', name, 'aria-label': name };
  const declaration = declarationOf(scope.rendering.document, name);
  if (declaration?.name === 'at:textarea') {
    const rows = attributeOf(declaration, 'at:rows');
    return tag('textarea', { ...attributes, rows, cols: attributeOf(declaration, 'at:columns') }, '');
  }
  if (declaration?.name === 'at:list') {
    const choose = tag('option', { value: '' }, escapeHtml(scope.message('template.choose')));
    const options = childrenOf(declaration, 'at:option').map((option) => {
      const value = attributeOf(option, 'at:value') ?? '';
      return tag('option', { value }, escapeHtml(value));
    });
    return tag('select', attributes, choose + options.join(''));
  }
  return emptyTag('input', { ...attributes, type: 'text' });
};
