import { RE2JS, RE2JSException } from 're2js';
import { classes, escapeHtml, tag } from '../render/html.js';
import { MacroError } from '../render/macro-error.js';
import { defineMacro, type RenderedHeading } from './macro.js';
import { choice, flag, integer, text } from './parameters.js';
import { styleOf } from './style.js';

const STYLES = [
  'none',
  'circle',
  'disc',
  'square',
  'decimal',
  'lower-alpha',
  'lower-roman',
  'upper-roman',
  'default',
] as const;

/** What stands before, between and after the entries of a flat list, by the names that the parameter has. */
const SEPARATORS: Readonly<Record<string, readonly [before: string, between: string, after: string]>> = {
  brackets: ['[ ', ' ] [ ', ' ]'],
  braces: ['{ ', ' } { ', ' }'],
  parens: ['( ', ' ) ( ', ' )'],
  pipe: ['', ' | ', ''],
};

interface Entry {
  readonly heading: RenderedHeading;
  /** The place in the outline, for example 2.1. */
  readonly number: string;
  readonly entries: Entry[];
}

/** A filter of the writer's. RE2 takes time in proportion to the text, whatever the expression. */
function matcherOf(pattern: string): ((heading: RenderedHeading) => boolean) | undefined {
  if (pattern === '') return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return (heading) => compiled.matches(heading.text);
  } catch (error) {
    if (error instanceof RE2JSException) throw new MacroError('error.toc.pattern', { pattern });
    throw error;
  }
}

/** Puts each heading below the nearest one before it that is of a higher level. */
function treeOf(headings: readonly RenderedHeading[]): Entry[] {
  const roots: Entry[] = [];
  const path: Entry[] = [];
  for (const heading of headings) {
    while ((path.at(-1)?.heading.level ?? 0) >= heading.level) path.pop();
    const parent = path.at(-1);
    const siblings = parent?.entries ?? roots;
    const entry = { heading, number: `${parent ? `${parent.number}.` : ''}${siblings.length + 1}`, entries: [] };
    siblings.push(entry);
    path.push(entry);
  }
  return roots;
}

const flatten = (entries: readonly Entry[]): Entry[] => entries.flatMap((entry) => [entry, ...flatten(entry.entries)]);

function linkOf({ heading, number }: Entry, isOutlined: boolean, url: string): string {
  const outline = isOutlined ? `${tag('span', { class: 'TOCOutline' }, number)} ` : '';
  return outline + tag('a', { href: `${url}#${heading.id}` }, escapeHtml(heading.text));
}

function listOf(entries: readonly Entry[], style: string | undefined, link: (entry: Entry) => string): string {
  if (entries.length === 0) return '';
  const items = entries.map((entry) => tag('li', {}, link(entry) + listOf(entry.entries, style, link)));
  return tag('ul', { class: 'toc-indentation', style }, items.join(''));
}

/** The headings of the whole page as links. */
export const toc = defineMacro({
  name: 'toc',
  parameters: {
    type: choice(['list', 'flat'], 'list'),
    style: choice(STYLES, 'default'),
    minLevel: integer(1, 1, 7),
    maxLevel: integer(7, 1, 7),
    indent: text(),
    outline: flag(false),
    separator: text('brackets'),
    include: text(),
    exclude: text(),
    printable: flag(true),
    absoluteUrl: flag(false),
    class: text(),
  },
  body: 'none',
  render: ({ parameters, scope, call, root }) => {
    if (!parameters.printable && scope.outputType !== 'view') return '';
    const isIncluded = matcherOf(parameters.include);
    const isExcluded = matcherOf(parameters.exclude);
    const url = parameters.absoluteUrl ? (scope.content?.url ?? '') : '';
    const link = (entry: Entry): string => linkOf(entry, parameters.outline, url);
    const { style, indent, separator } = parameters;
    const listStyle = styleOf({ 'list-style': style === 'default' ? '' : style, 'margin-left': indent });
    const [before, between, after] = SEPARATORS[separator] ?? ['', ` ${separator} `, ''];
    return scope.afterHeadings(call.name, (headings) => {
      const shown = headings.filter(
        (heading) =>
          heading.level >= parameters.minLevel &&
          heading.level <= parameters.maxLevel &&
          (isIncluded?.(heading) ?? true) &&
          !isExcluded?.(heading),
      );
      const entries = treeOf(shown);
      const flat = escapeHtml(before) + flatten(entries).map(link).join(escapeHtml(between)) + escapeHtml(after);
      const html = parameters.type === 'flat' ? (entries.length === 0 ? '' : flat) : listOf(entries, listStyle, link);
      const className = classes('toc-macro', parameters.class, !parameters.printable && 'hidden-print');
      return root('div', { class: className }, html);
    });
  },
});
