import type { StorageElement } from '../../document.js';
import type { HtmlAttributes } from '../html.js';
import type { RenderScope } from '../scope.js';

/** Makes the view HTML of one kind of element. */
export type ElementRenderer = (element: StorageElement, scope: RenderScope) => string;

/** The attributes of an XHTML element as they are; the sanitiser decides which may stay. */
export function htmlAttributes(element: StorageElement, classNames?: string): HtmlAttributes {
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes) {
    if (/^[a-z][a-z0-9-]*$/.test(name)) attributes[name] = value;
  }
  if (classNames === undefined) return attributes;
  return {
    ...attributes,
    class: attributes['class'] === undefined ? classNames : `${attributes['class']} ${classNames}`,
  };
}
