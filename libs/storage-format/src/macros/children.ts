import type { ChildPage, ListChildrenOptions } from '../render/context.js';
import { escapeHtml, tag } from '../render/html.js';
import { UNAVAILABLE } from '../render/inquiry.js';
import { MacroError, TemporaryMacroError } from '../render/macro-error.js';
import { excerptBodyOf } from './excerpt.js';
import { knownPage } from './included-page.js';
import { defineMacro, type AskingScope, type MacroScope, type ParameterValues } from './macro.js';
import { choice, flag, integer, place, text, type PlaceReference } from './parameters.js';
import { textOf } from '../text.js';

/** Levels that "all descendants" means; deeper trees are shown this far. */
const DEPTH_MAX = 32;

/** Pages on each level. */
const PAGES_MAX = 1_000;

const parameters = {
  all: flag(false),
  depth: integer(1, 0, DEPTH_MAX),
  page: place(),
  first: integer(0, 0, PAGES_MAX),
  sort: choice(['creation', 'title', 'modified', 'position'], 'position'),
  reverse: flag(false),
  style: choice(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'none'], 'none'),
  excerpt: text(),
  excerptType: choice(['none', 'simple', 'rich content'], 'none'),
};

type Parameters = ParameterValues<typeof parameters>;

function parentOf(given: Parameters, scope: Pick<MacroScope, 'content'>): PlaceReference | undefined {
  return given.page ?? (scope.content === null ? undefined : { contentId: scope.content.id });
}

function optionsOf({ all, depth, first, sort, reverse }: Parameters): ListChildrenOptions {
  return { depth: all || depth === 0 ? DEPTH_MAX : depth, sort, reverse, first: first === 0 ? undefined : first };
}

/** `excerpt` is what the parameter was called before there were two kinds. */
function excerptTypeOf({ excerpt, excerptType }: Parameters): 'none' | 'simple' | 'rich content' {
  if (excerptType !== 'none') return excerptType;
  return /^(?:true|simple)$/.test(excerpt) ? 'simple' : excerpt === 'rich content' ? excerpt : 'none';
}

function askForExcerpts(pages: readonly ChildPage[], scope: AskingScope): void {
  for (const { id, children } of pages) {
    scope.answers.bodies.ask({ contentId: id });
    const known = knownPage(scope.answers, { contentId: id });
    const body = known && excerptBodyOf(known.document, '');
    if (known && body) scope.willRender(body, known.content);
    askForExcerpts(children, scope);
  }
}

function excerptOf(child: ChildPage, type: 'simple' | 'rich content', scope: MacroScope): string {
  const known = knownPage(scope.answers, { contentId: child.id });
  const body = known && excerptBodyOf(known.document, '');
  if (known === undefined || body === undefined) return '';
  if (type === 'rich content') return tag('div', {}, scope.renderOf(body, known.content));
  return ` ${tag('span', { class: 'smalltext' }, escapeHtml(textOf({ type: 'document', children: body })))}`;
}

function listOf(pages: readonly ChildPage[], given: Parameters, scope: MacroScope): string {
  const excerptType = excerptTypeOf(given);
  const items = pages.map((child) => {
    const link = tag('a', { href: child.url, 'data-linked-resource-id': child.id }, escapeHtml(child.title));
    const excerpt = excerptType === 'none' ? '' : excerptOf(child, excerptType, scope);
    const below = child.children.length === 0 ? '' : listOf(child.children, given, scope);
    if (given.style !== 'none') return tag(given.style, {}, link) + excerpt + below;
    return tag('li', {}, link + excerpt + (below === '' ? '' : tag('ul', { class: 'childpages-macro' }, below)));
  });
  return items.join('');
}

/** The pages below a page. */
export const children = defineMacro({
  name: 'children',
  parameters,
  body: 'none',
  ask: ({ parameters: given, scope }) => {
    const parent = parentOf(given, scope);
    if (parent === undefined) return;
    const question = { parent, options: optionsOf(given) };
    scope.answers.children.ask(question);
    const listed = scope.answers.children.answer(question);
    if (listed !== UNAVAILABLE && excerptTypeOf(given) !== 'none') askForExcerpts(listed.pages, scope);
  },
  render: ({ parameters: given, scope, root }) => {
    const parent = parentOf(given, scope);
    if (parent === undefined) throw new MacroError('error.children.page-missing');
    const listed = scope.answers.children.answer({ parent, options: optionsOf(given) });
    if (listed === UNAVAILABLE) throw new TemporaryMacroError('error.unavailable');
    if (!listed.found) throw new MacroError('error.children.page-missing');
    if (listed.pages.length === 0) return '';
    return root(
      given.style === 'none' ? 'ul' : 'div',
      { class: 'childpages-macro' },
      listOf(listed.pages, given, scope),
    );
  },
});
