import { macro, type StorageNode } from '@tributary/storage-format';
import {
  attribute,
  findBelow,
  hasClass,
  isElement,
  style,
  textBelow,
  type HtmlElement,
  type HtmlNode,
} from './html-tree';

const lineNames = new Set(['div', 'p', 'li', 'tr']);

/** Whether an element is code of several lines: preformatted text, or lines as an editor of code writes them. */
export const isCode = (node: HtmlElement): boolean =>
  node.name === 'pre' ||
  isListing(node) ||
  (node.name === 'div' &&
    style(node, 'white-space') === 'pre' &&
    /mono|consol|courier|menlo/.test(style(node, 'font-family')));

/** A box around preformatted text that says the language: GitHub. */
const isListing = (node: HtmlElement): boolean => hasClass(node, /^highlight-source-/);

/** The block of code that an element is. */
export function codeOf(node: HtmlElement): StorageNode[] {
  const lines = isListing(node) ? findBelow(node, ({ name }) => name === 'pre') : node;
  const plain = linesOf(lines?.children ?? [])
    .replaceAll('\r', '')
    .replaceAll('\u00a0', ' ')
    .replace(/^\n|\n+$/g, '');
  if (plain.trim() === '') return [];
  const language = languageOf(node);
  return [macro('code', language === undefined ? {} : { language }, { plain })];
}

function linesOf(nodes: readonly HtmlNode[]): string {
  return nodes
    .map((node, index) => {
      if (!isElement(node)) return node;
      if (!lineNames.has(node.name)) return textBelow(node);
      // A line break alone in a line is that line's end.
      const line = linesOf(node.children).replace(/\n$/, '');
      return index < nodes.length - 1 ? `${line}\n` : line;
    })
    .join('');
}

/** As Markdown's, GitHub's and Confluence's HTML say it. */
function languageOf(node: HtmlElement): string | undefined {
  const named = findBelow(node, (each) => hasClass(each, /^(?:lang(?:uage)?-|highlight-source-)\w/));
  const found = named && /(?:lang(?:uage)?-|highlight-source-)([\w+#-]+)/.exec(attribute(named, 'class'))?.[1];
  const brush = /brush:\s*([\w+#-]+)/.exec(attribute(node, 'data-syntaxhighlighter-params'))?.[1];
  const language = found ?? brush ?? (attribute(node, 'lang') || undefined);
  return language === 'none' || language === 'text' ? undefined : language;
}
