import { escapeHtml, tag } from '../render/html.js';
import { MacroError } from '../render/macro-error.js';
import { excerptBodyOf } from './excerpt.js';
import { includedPage, knownPage } from './included-page.js';
import { defineMacro } from './macro.js';
import { flag, page, text } from './parameters.js';

/** The excerpt of another page. */
export const excerptInclude = defineMacro({
  name: 'excerpt-include',
  parameters: { page: page(), name: text(), nopanel: flag(false) },
  defaultParameter: 'page',
  body: 'none',
  ask: ({ parameters, scope }) => {
    if (parameters.page === undefined) return;
    scope.answers.bodies.ask(parameters.page);
    const known = knownPage(scope.answers, parameters.page);
    const body = known && excerptBodyOf(known.document, parameters.name);
    if (known && body) scope.willRender(body, known.content);
  },
  render: ({ parameters, scope, root }) => {
    const { document, content } = includedPage(scope.answers, parameters.page);
    const body = excerptBodyOf(document, parameters.name);
    if (body === undefined) throw new MacroError('error.excerpt.missing', { title: content.title });
    const html = scope.renderOf(body, content);
    if (parameters.nopanel) return root('div', {}, html);
    const style = 'border-width: 1px;';
    const header = tag(
      'div',
      { class: 'panelHeader', style: 'border-bottom-width: 1px;' },
      tag('b', {}, escapeHtml(content.title)),
    );
    return root('div', { class: 'panel', style }, header + tag('div', { class: 'panelContent' }, html));
  },
});
