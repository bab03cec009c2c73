import { element, macro, type StorageNode } from '@tributary/storage-format';
import { codeOf, isCode } from './pasted-code';
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
import { isLocal } from './held-pictures';
import { listOf } from './pasted-lists';
import { PastedLine, type PastedMarks } from './pasted-line';
import { marksOf } from './pasted-marks';
import { tableOf } from './pasted-tables';
import { fakeItemOf, leveledItemOf, listsOf, type FakeItem } from './word-lists';

/** Nothing of these is text of the page. */
const dropped = new Set(
  (
    'head meta title link style script noscript template svg canvas iframe object embed audio video ' +
    'button select input textarea colgroup col xml o:p map'
  ).split(' '),
);
const blockNames = new Set(
  (
    'p div section article main header footer aside nav address form fieldset center figure figcaption ' +
    'caption body html hgroup details summary dialog search h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table ' +
    'thead tbody tfoot tr td th pre blockquote hr'
  ).split(' '),
);

const isDropped = (node: HtmlElement): boolean =>
  (dropped.has(node.name) && !(node.name === 'o:p' && textBelow(node).trim() !== '')) ||
  style(node, 'display') === 'none' ||
  style(node, 'mso-list') === 'ignore' ||
  style(node, 'mso-hide') === 'all' ||
  attribute(node, 'aria-hidden') === 'true' ||
  hasClass(node, /^(?:codeHeader|expand-control|aui-icon|anchor|mw-editsection)$/);

/** Reads pasted HTML as blocks of storage format: what it says, without how it looked. */
export class PastedHtml {
  private readonly blocks: StorageNode[] = [];
  private readonly line = new PastedLine();
  private items: FakeItem[] = [];

  private constructor(private readonly marks: PastedMarks) {}

  /** The blocks of nodes; text that stands among them becomes paragraphs. */
  static blocksOf(nodes: readonly HtmlNode[], marks: PastedMarks = {}): StorageNode[] {
    const reader = new PastedHtml(marks);
    reader.read(nodes, marks);
    reader.endLine();
    reader.endItems();
    return reader.blocks;
  }

  /** The text of nodes as one line, whatever blocks are in it. */
  static lineOf(nodes: readonly HtmlNode[], marks: PastedMarks = {}): StorageNode[] {
    return PastedHtml.blocksOf(nodes, marks).flatMap((block, index) => {
      const inside = block.type === 'element' && block.name === 'p' ? block.children : [];
      return index > 0 && inside.length > 0 ? [element('br'), ...inside] : [...inside];
    });
  }

  private read(nodes: readonly HtmlNode[], marks: PastedMarks): void {
    for (const node of nodes) {
      if (typeof node === 'string') this.line.text(node, marks);
      else if (!isDropped(node)) this.element(node, marks);
    }
  }

  private element(node: HtmlElement, around: PastedMarks): void {
    if (node.name === 'br') return this.line.atom(element('br'), around);
    if (node.name === 'img') return this.image(node, around);
    const marks = marksOf(node, around);
    if (hasClass(node, 'status-macro')) return this.line.atom(statusOf(node), around);
    if (!blockNames.has(node.name) && !isCode(node)) return this.read(node.children, marks);
    this.endLine();
    const item = fakeItemOf(node);
    const leveled = leveledItemOf(node);
    if (item !== undefined) {
      this.items.push({ ...item, blocks: filled(PastedHtml.blocksOf(node.children, marks)) });
    } else if (leveled !== undefined) {
      this.items.push({ ...leveled, blocks: filled(PastedHtml.blocksOf(leveled.item.children, marks)) });
    } else if (isGroup(node)) {
      this.read(node.children, marks);
      this.endLine();
    } else {
      this.endItems();
      this.blocks.push(...this.block(node, marks));
    }
  }

  private block(node: HtmlElement, marks: PastedMarks): readonly StorageNode[] {
    const level = /^h([1-6])$/.exec(node.name)?.[1];
    if (level !== undefined) {
      // A heading is strong by itself.
      const words = PastedHtml.lineOf(node.children, without(marks, 'strong')).flatMap(unwrapStrong);
      return words.length > 0 ? [element(`h${level}`, {}, ...words)] : [];
    }
    if (isCode(node)) return codeOf(node);
    if (node.name === 'ul' || node.name === 'ol') return listOf(node, (nodes) => PastedHtml.blocksOf(nodes, marks));
    if (node.name === 'table') return tableOf(node, (nodes) => PastedHtml.blocksOf(nodes, marks));
    if (node.name === 'hr') return [element('hr')];
    const blocks = (inside: readonly HtmlNode[]) => PastedHtml.blocksOf(inside, marks);
    if (node.name === 'blockquote') return around('blockquote', blocks(node.children));
    if (node.name === 'dl') return definitionsOf(node, blocks);
    return boxOf(node, blocks) ?? blocks(node.children);
  }

  private image(node: HtmlElement, marks: PastedMarks): void {
    const source = attribute(node, 'src');
    const alt = attribute(node, 'alt').trim();
    const sides = [attribute(node, 'width'), attribute(node, 'height')];
    // Nobody sees a picture of a point: it counts who reads.
    if (sides.some((side) => side !== '' && Number(side) <= 2)) return;
    if (attribute(node, 'aria-roledescription') === 'checkbox') return;
    const isShown = /^https?:/i.test(source) || isLocal(source);
    if (hasClass(node, /^emo(?:ji|ticon)/) || !isShown) return this.line.text(alt, marks);
    const attributes: Record<string, string> = alt === '' ? {} : { 'ac:alt': alt };
    const width = Math.round(Number(sides[0]));
    if (width > 0) attributes['ac:width'] = String(width);
    this.line.atom(element('ac:image', attributes, element('ri:url', { 'ri:value': source })), without(marks, 'a'));
  }

  private endLine(): void {
    const lines = this.line.take();
    if (lines.length > 0) this.endItems();
    for (const line of lines) this.blocks.push(element('p', {}, ...line));
  }

  private endItems(): void {
    if (this.items.length > 0) this.blocks.push(...listsOf(this.items));
    this.items = [];
  }
}

/** Says nothing itself, so that lists which only look like some go on through it. */
const isGroup = (node: HtmlElement): boolean =>
  ['div', 'section', 'article', 'main', 'body', 'html'].includes(node.name) &&
  boxKind(node) === undefined &&
  !isCode(node);

const without = (marks: PastedMarks, name: keyof PastedMarks): PastedMarks => {
  const { [name]: _left, ...others } = marks;
  return others;
};
const unwrapStrong = (node: StorageNode): readonly StorageNode[] =>
  node.type === 'element' && node.name === 'strong' ? node.children : [node];
const filled = (blocks: readonly StorageNode[]): readonly StorageNode[] =>
  blocks.length > 0 ? blocks : [element('p')];
const around = (name: string, blocks: readonly StorageNode[]): StorageNode[] =>
  blocks.length > 0 ? [element(name, {}, ...blocks)] : [];

function definitionsOf(list: HtmlElement, blocks: (nodes: readonly HtmlNode[]) => StorageNode[]): StorageNode[] {
  const entries = list.children.filter(isElement).flatMap((each) => (each.name === 'div' ? each.children : [each]));
  const parts = entries.filter(isElement).flatMap(({ name, children }) => {
    if (name === 'dt') return [element('dt', {}, ...PastedHtml.lineOf(children))];
    return name === 'dd' ? [element('dd', {}, ...filled(blocks(children)))] : [];
  });
  return around('dl', parts);
}

const statusColours: Readonly<Record<string, string>> = {
  'aui-lozenge-success': 'Green',
  'aui-lozenge-error': 'Red',
  'aui-lozenge-current': 'Yellow',
  'aui-lozenge-complete': 'Blue',
  'aui-lozenge-moved': 'Yellow',
  'aui-lozenge-progress': 'Blue',
  'aui-lozenge-new': 'Purple',
};

function statusOf(node: HtmlElement): StorageNode {
  const [, colour = 'Grey'] = Object.entries(statusColours).find(([name]) => hasClass(node, name)) ?? [];
  return macro('status', { colour, title: textBelow(node).trim() });
}

const informations: Readonly<Record<string, string>> = {
  'confluence-information-macro-information': 'info',
  'confluence-information-macro-note': 'note',
  'confluence-information-macro-warning': 'warning',
  'confluence-information-macro-tip': 'tip',
};

/** The macro that Confluence, this wiki or a web page has drawn a box for. */
function boxKind(node: HtmlElement): string | undefined {
  if (node.name === 'details' || hasClass(node, 'expand-container')) return 'expand';
  if (
    hasClass(node, 'panel') &&
    !hasClass(node, /^(?:code|preformatted)$/) &&
    findBelow(node, (each) => hasClass(each, 'panelContent'))
  )
    return 'panel';
  return Object.entries(informations).find(([name]) => hasClass(node, name))?.[1];
}

function boxOf(node: HtmlElement, blocks: (nodes: readonly HtmlNode[]) => StorageNode[]): StorageNode[] | undefined {
  const kind = boxKind(node);
  if (kind === undefined) return undefined;
  const isTitle = (each: HtmlElement) =>
    each.name === 'summary' || hasClass(each, /^(?:title|panelHeader|expand-control-text)$/);
  const titleNode = findBelow(node, isTitle);
  const title = titleNode === undefined ? '' : textBelow(titleNode).trim();
  const inside = node.children.filter((each) => each !== titleNode);
  const rich = filled(blocks(inside));
  return [macro(kind, title === '' ? {} : { title }, { rich })];
}
