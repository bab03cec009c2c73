import { anchorOn } from '../anchor.js';
import { textOfHtml, tag } from '../html.js';

import { htmlAttributes, type ElementRenderer } from './element.js';

/** h1 to h6: each gets an id that links and tables of contents use. */
export const renderHeading: ElementRenderer = (element, scope) => {
  const html = scope.render(element.children);
  const text = textOfHtml(html).replace(/\s+/g, ' ').trim();
  if (text === '') return tag(element.name, htmlAttributes(element), html);
  const id = scope.rendering.uniqueHeadingId(anchorOn(scope.content?.title, text));
  scope.rendering.headings.push({ level: Number(element.name.slice(1)), id, text });
  return tag(element.name, { id, ...htmlAttributes(element) }, html);
};
