import { charactersOf } from '../document.js';
import type { ChildPage, ChildrenParent, ListChildrenOptions } from '../render/context.js';
import { escapeHtml, tag } from '../render/html.js';
import { UNAVAILABLE } from '../render/inquiry.js';
import { MacroError, TemporaryMacroError } from '../render/macro-error.js';
import { defineMacro, type MacroScope, type ParameterValues } from './macro.js';
import { choice, flag, integer, place, type ParameterType, type PlaceReference } from './parameters.js';

/** Levels that are shown at once. */
const DEPTH_MAX = 16;

const KEYWORDS = ['@home', '@self', '@parent', '@none'] as const;
type TreeRoot = (typeof KEYWORDS)[number] | PlaceReference;

const treeRoot: ParameterType<TreeRoot> = {
  fallback: '@home',
  form: { kind: 'place', fallback: '@home' },
  read: (parameter, base) => {
    const word = charactersOf(parameter).trim();
    return KEYWORDS.find((keyword) => keyword === word) ?? place().read(parameter, base);
  },
};

const parameters = {
  root: treeRoot,
  sort: choice(['position', 'natural', 'bitwise', 'creation', 'modified'], 'position'),
  excerpt: flag(false),
  reverse: flag(false),
  searchBox: flag(false),
  expandCollapseAll: flag(false),
  startDepth: integer(1, 1, DEPTH_MAX),
};

function optionsOf({ sort, reverse, startDepth }: ParameterValues<typeof parameters>): ListChildrenOptions {
  return { depth: startDepth, sort: sort === 'natural' || sort === 'bitwise' ? 'title' : sort, reverse };
}

/** Where the tree begins; undefined while the answer that tells it isn't there. Asks for it. */
function parentOf(
  root: TreeRoot,
  { content, answers }: Pick<MacroScope, 'content' | 'answers'>,
): ChildrenParent | undefined {
  if (typeof root !== 'string') return root;
  if (content === null) return undefined;
  const top = { spaceRoot: content.spaceKey };
  const self = { contentId: content.id };
  if (root === '@none') return top;
  if (root === '@self') return self;
  if (root === '@parent') {
    answers.pages.ask(self);
    const page = answers.pages.answer(self);
    if (page === UNAVAILABLE) return undefined;
    return page.parentId === undefined ? top : { contentId: page.parentId };
  }
  answers.spaces.ask(content.spaceKey);
  const space = answers.spaces.answer(content.spaceKey);
  if (space === UNAVAILABLE) return undefined;
  return space.homePageId === undefined ? top : { contentId: space.homePageId };
}

function listOf(pages: readonly ChildPage[], treeId: string, parentId: string): string {
  const items = pages.map((child) => {
    const suffix = `${child.id}-${treeId}`;
    const link = tag('a', { href: child.url }, escapeHtml(child.title));
    const span = tag('span', { class: 'plugin_pagetree_children_span', id: `childrenspan${suffix}` }, link);
    const below = child.children.length === 0 ? '' : listOf(child.children, treeId, child.id);
    return tag(
      'li',
      {},
      tag('div', { class: 'plugin_pagetree_childtoggle_container' }, '') +
        tag('div', { class: 'plugin_pagetree_children_content' }, span) +
        tag('div', { id: `children${suffix}`, class: 'plugin_pagetree_children_container' }, below),
    );
  });
  return tag('ul', { class: 'plugin_pagetree_children_list', id: `child_ul${parentId}-${treeId}` }, items.join(''));
}

/** A space's pages, or those below one, as a tree. What is deeper than `startDepth` the application loads when it is opened. */
export const pagetree = defineMacro({
  name: 'pagetree',
  parameters,
  body: 'none',
  ask: ({ parameters: given, scope }) => {
    const parent = parentOf(given.root, scope);
    if (parent !== undefined) scope.answers.children.ask({ parent, options: optionsOf(given) });
  },
  render: ({ parameters: given, scope, root }) => {
    if (scope.content === null && typeof given.root === 'string') throw new MacroError('error.pagetree.page-missing');
    const parent = parentOf(given.root, scope);
    const listed = parent && scope.answers.children.answer({ parent, options: optionsOf(given) });
    if (listed === undefined || listed === UNAVAILABLE) throw new TemporaryMacroError('error.unavailable');
    if (!listed.found) throw new MacroError('error.pagetree.page-missing');
    const treeId = scope.uniqueId('tree');
    const parentId = parent !== undefined && 'contentId' in parent ? parent.contentId : '0';
    const attributes = {
      class: 'plugin_pagetree',
      'data-root-id': parentId,
      'data-sort': given.sort,
      'data-reverse': String(given.reverse),
      'data-start-depth': given.startDepth,
      'data-search-box': String(given.searchBox),
      'data-expand-collapse-all': String(given.expandCollapseAll),
    };
    return root('div', attributes, listOf(listed.pages, treeId, parentId));
  },
});
