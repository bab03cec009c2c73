import { attributeOf, type StorageElement, type StorageNode } from '../../document.js';
import { ALLOWED_ELEMENTS, VOID_ELEMENTS } from '../allowed.js';
import { emptyTag, escapeHtml, tag } from '../html.js';
import type { RenderScope } from '../scope.js';
import { renderAdfExtension, renderAdfNode } from './adf.js';
import { htmlAttributes, type ElementRenderer } from './element.js';
import { renderEmoticon } from './emoticon.js';
import { renderHeading } from './heading.js';
import { renderImage } from './image.js';
import { renderLayout, renderLayoutSection } from './layout.js';
import { renderAnchor, renderLink } from './link.js';
import { renderMacro } from './macro.js';
import { renderDataCell, renderHeaderCell, renderTable } from './table.js';
import { renderTask, renderTaskList } from './task-list.js';
import { renderTemplateVariable } from './template.js';
import { renderTime } from './time.js';

const nothing: ElementRenderer = () => '';

const renderInlineCommentMarker: ElementRenderer = (element, scope) =>
  tag(
    'span',
    { class: 'inline-comment-marker', 'data-ref': attributeOf(element, 'ac:ref') },
    scope.render(element.children),
  );

/** Elements that have a form of their own in view HTML. */
const RENDERERS: ReadonlyMap<string, ElementRenderer> = new Map<string, ElementRenderer>([
  ['ac:structured-macro', renderMacro],
  ['ac:macro', renderMacro],
  ['ac:link', renderLink],
  ['ac:image', renderImage],
  ['ac:emoticon', renderEmoticon],
  ['ac:task-list', renderTaskList],
  ['ac:task', renderTask],
  ['ac:layout', renderLayout],
  ['ac:layout-section', renderLayoutSection],
  ['ac:inline-comment-marker', renderInlineCommentMarker],
  ['ac:placeholder', nothing],
  ['ac:parameter', nothing],
  ['ac:adf-extension', renderAdfExtension],
  ['ac:adf-node', renderAdfNode],
  ['at:declarations', nothing],
  ['at:var', renderTemplateVariable],
  ['time', renderTime],
  ['table', renderTable],
  ['th', renderHeaderCell],
  ['td', renderDataCell],
  ['a', renderAnchor],
  ['script', nothing],
  ['style', nothing],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name): [string, ElementRenderer] => [name, renderHeading]),
]);

/** Elements of XHTML as they are; of what nobody knows its content. */
function renderOther(element: StorageElement, scope: RenderScope): string {
  if (!ALLOWED_ELEMENTS.has(element.name)) return scope.render(element.children);
  if (VOID_ELEMENTS.has(element.name)) return emptyTag(element.name, htmlAttributes(element));
  return tag(element.name, htmlAttributes(element), scope.render(element.children));
}

function renderNode(node: StorageNode, scope: RenderScope): string {
  if (node.type === 'text' || node.type === 'cdata') return escapeHtml(node.value);
  if (node.type !== 'element') return '';
  if (scope.isIncluded) scope.rendering.countIncludedElement();
  return (RENDERERS.get(node.name) ?? renderOther)(node, scope);
}

/** The view HTML of some nodes side by side, before it is sanitised. */
export function renderNodes(nodes: readonly StorageNode[], scope: RenderScope): string {
  let html = '';
  for (const node of nodes) html += renderNode(node, scope);
  return html;
}
