import { includedPage, knownPage } from './included-page.js';
import { defineMacro } from './macro.js';
import { page } from './parameters.js';

/** Another page's body, whole. */
export const include = defineMacro({
  name: 'include',
  parameters: { page: page() },
  defaultParameter: 'page',
  body: 'none',
  ask: ({ parameters, scope }) => {
    if (parameters.page === undefined) return;
    scope.answers.bodies.ask(parameters.page);
    const known = knownPage(scope.answers, parameters.page);
    if (known !== undefined) scope.willRender(known.document.children, known.content);
  },
  render: ({ parameters, scope, root }) => {
    const { document, content } = includedPage(scope.answers, parameters.page);
    return root('div', {}, scope.renderOf(document.children, content));
  },
});
