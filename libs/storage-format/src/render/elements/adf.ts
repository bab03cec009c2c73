import { attributeOf, charactersOf, childOf, childrenOf, type StorageElement } from '../../document.js';
import { tag } from '../html.js';
import type { ElementRenderer } from './element.js';

/** The boxes that Cloud's panels are nearest to. */
const KIND_BY_PANEL_TYPE: Readonly<Record<string, string>> = {
  info: 'information',
  note: 'note',
  success: 'tip',
  warning: 'note',
  error: 'warning',
};

function settingOf(node: StorageElement, key: string): string {
  const setting = childrenOf(node, 'ac:adf-attribute').find((attribute) => attributeOf(attribute, 'key') === key);
  return setting === undefined ? '' : charactersOf(setting).trim();
}

/** A node of Cloud's format: its content, a panel in its box. */
export const renderAdfNode: ElementRenderer = (element, scope) => {
  const html = scope.render(childOf(element, 'ac:adf-content')?.children ?? []);
  if (attributeOf(element, 'type') !== 'panel') return html;
  const kind = KIND_BY_PANEL_TYPE[settingOf(element, 'panel-type')] ?? 'information';
  const body = tag('div', { class: 'confluence-information-macro-body' }, html);
  return tag('div', { class: `confluence-information-macro confluence-information-macro-${kind}` }, body);
};

/** Cloud's content in a body of ours: what it gives for those who don't know it, else what can be shown of it. */
export const renderAdfExtension: ElementRenderer = (element, scope) => {
  const fallback = childOf(element, 'ac:adf-fallback');
  return scope.render(fallback?.children ?? childrenOf(element, 'ac:adf-node'));
};
