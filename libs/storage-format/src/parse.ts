import { SaxesParser } from 'saxes';
import type { StorageAttribute, StorageDocument, StorageElement, StorageNode } from './document.js';
import { characterByEntity } from './entities.js';
import { StorageFormatError, type StorageFormatErrorCode } from './errors.js';
import { escapeText, startOfTag } from './serialise.js';
import { rememberWrittenForm } from './written.js';

export interface ParseLimits {
  /** Elements inside each other. Everything that walks a tree recurses as deep as this. */
  readonly depthMax: number;
  /** Length of the source in UTF-16 units. */
  readonly lengthMax: number;
  /** Nodes of all kinds; a node costs some hundred bytes, however short its text. */
  readonly nodesMax: number;
  /** Attributes of one element. */
  readonly attributesMax: number;
}

export const DEFAULT_PARSE_LIMITS: ParseLimits = {
  depthMax: 512,
  lengthMax: 16 * 1024 * 1024,
  nodesMax: 1_000_000,
  attributesMax: 128,
};

/** What the parser's messages mean for a caller; what isn't here is malformed XML. */
const CODE_BY_MESSAGE: readonly (readonly [RegExp, StorageFormatErrorCode])[] = [
  [/^undefined entity/, 'undefined-entity'],
  [/^disallowed character\.$|^malformed character entity/, 'disallowed-character'],
  [/doctype/, 'document-type'],
];

const MESSAGE_BY_CODE: Partial<Record<StorageFormatErrorCode, string>> = {
  'document-type': 'A document type declaration is not allowed.',
};

/** An `&` that no name or number of a character follows. */
const bareAmpersand = /&(?!(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);)/i;

/** A comment is announced before its closing bracket is read. */
const COMMENT_END_LENGTH = 1;

interface OpenElement {
  readonly name: string;
  readonly attributes: readonly StorageAttribute[];
  readonly written: string;
  readonly children: StorageNode[];
  readonly line: number;
  readonly column: number;
}

/** Makes the tree from the parser's events. `end` is the offset behind the last node, so that each node's own text is known. */
class TreeBuilder {
  readonly roots: StorageNode[] = [];
  private readonly open: OpenElement[] = [];
  private readonly parser = new SaxesParser({ fragment: true, position: true });
  private attributes: StorageAttribute[] = [];
  private end = 0;
  private nodes = 0;

  constructor(
    private readonly source: string,
    private readonly limits: ParseLimits,
  ) {
    const parser = this.parser;
    parser.ENTITIES = characterByEntity;
    parser.on('error', (error) => this.refuse(error));
    parser.on('text', (value) => this.text(value));
    parser.on('attribute', (attribute) => this.attribute(attribute));
    parser.on('opentag', ({ name }) => this.openElement(name));
    parser.on('closetag', ({ name, isSelfClosing }) => this.closeElement(name, isSelfClosing));
    parser.on('cdata', (value) => this.add({ type: 'cdata', value }, `<![CDATA[${value}]]>`));
    parser.on('comment', (value) => this.add({ type: 'comment', value }, `<!--${value}-->`, COMMENT_END_LENGTH));
    parser.on('processinginstruction', ({ target, body }) =>
      this.add({ type: 'instruction', target, value: body }, body === '' ? `<?${target}?>` : `<?${target} ${body}?>`),
    );
  }

  build(): StorageDocument {
    this.parser.write(this.source).close();
    return { type: 'document', children: this.roots };
  }

  private siblings(): StorageNode[] {
    return this.open.at(-1)?.children ?? this.roots;
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > this.limits.nodesMax) {
      this.fail(`The body has more than ${this.limits.nodesMax} nodes.`, 'too-many-nodes');
    }
  }

  private text(value: string): void {
    this.count();
    const next = this.source.indexOf('<', this.end);
    const written = this.source.slice(this.end, next === -1 ? undefined : next);
    // The parser looks for this inside elements only.
    const cdataEnd = this.open.length === 0 ? written.indexOf(']]>') : -1;
    if (cdataEnd !== -1) failAt(this.source, this.end + cdataEnd, 'The string "]]>" must be escaped.', 'malformed');
    this.end += written.length;
    const node: StorageNode = { type: 'text', value };
    if (written !== escapeText(value)) rememberWrittenForm(node, { open: written });
    this.siblings().push(node);
  }

  private attribute(attribute: StorageAttribute): void {
    this.attributes.push({ name: attribute.name, value: attribute.value });
    if (this.attributes.length > this.limits.attributesMax) {
      this.fail(`An element has more than ${this.limits.attributesMax} attributes.`, 'too-many-attributes');
    }
  }

  private openElement(name: string): void {
    this.count();
    if (this.open.length >= this.limits.depthMax) {
      this.fail(`Elements are nested more than ${this.limits.depthMax} deep.`, 'too-deep');
    }
    const { line, columnIndex } = this.parser;
    const written = this.takeWritten();
    this.open.push({
      name,
      attributes: this.attributes,
      written,
      children: [],
      line,
      column: Math.max(1, columnIndex - written.length + 1),
    });
    this.attributes = [];
  }

  private closeElement(name: string, isSelfClosing: boolean): void {
    const opened = this.open.pop();
    if (opened === undefined) return;
    const close = isSelfClosing ? '' : this.takeWritten();
    const element: StorageElement = {
      type: 'element',
      name,
      attributes: opened.attributes,
      children: opened.children,
    };
    const tag = startOfTag(element);
    const isUsual = isSelfClosing
      ? opened.written === `${tag} />`
      : opened.children.length > 0 && opened.written === `${tag}>` && close === `</${name}>`;
    if (!isUsual) rememberWrittenForm(element, { open: opened.written, close });
    this.siblings().push(element);
  }

  private add(node: StorageNode, usual: string, unreadLength = 0): void {
    this.count();
    const written = this.takeWritten(unreadLength);
    if (written !== usual) rememberWrittenForm(node, { open: written });
    this.siblings().push(node);
  }

  /** The source from the last node's end to where the parser is, and what it has announced before reading it. */
  private takeWritten(unreadLength = 0): string {
    const start = this.end;
    this.end = this.parser.position + unreadLength;
    return this.source.slice(start, this.end);
  }

  private refuse(error: Error): never {
    const message = error.message.replace(/^\d+:\d+: /, '');
    this.refuseBareAmpersand();
    const unclosed = this.open.at(-1);
    if (message.startsWith('unclosed tag') && unclosed !== undefined) {
      const { name, line, column } = unclosed;
      throw new StorageFormatError(`The element <${name}> is not closed.`, 'malformed', line, column);
    }
    const code = CODE_BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? 'malformed';
    this.fail(MESSAGE_BY_CODE[code] ?? message.charAt(0).toUpperCase() + message.slice(1), code);
  }

  /** The parser takes all that follows a bare `&` for the name of an entity: its own complaint is about a place far behind. */
  private refuseBareAmpersand(): void {
    const unread = this.source.slice(this.end, this.parser.position);
    const at = unread.search(bareAmpersand);
    const opaque = unread.indexOf('<!');
    if (at === -1 || (opaque !== -1 && opaque < at)) return;
    failAt(this.source, this.end + at, 'An "&" that begins no entity is written "&amp;".', 'malformed');
  }

  private fail(message: string, code: StorageFormatErrorCode): never {
    throw new StorageFormatError(message, code, this.parser.line, Math.max(1, this.parser.columnIndex));
  }
}

/** Refuses what begins at an offset. */
function failAt(source: string, offset: number, message: string, code: StorageFormatErrorCode): never {
  const lines = source.slice(0, offset).split(/\r\n?|\n/);
  throw new StorageFormatError(message, code, lines.length, (lines.at(-1) ?? '').length + 1);
}

/**
 * Parses a storage-format body: a fragment of XML with the prefixes `ac:`, `ri:` and `at:` undeclared and HTML 4's entities by name.
 * Strict: whatever is not well-formed is refused with its place. No document type, no other entities.
 *
 * @throws {StorageFormatError} for a body that isn't well-formed or exceeds a limit
 */
export function parseStorage(source: string, limits: Partial<ParseLimits> = {}): StorageDocument {
  const allLimits = { ...DEFAULT_PARSE_LIMITS, ...limits };
  if (source.length > allLimits.lengthMax) {
    throw new StorageFormatError(`The body is longer than ${allLimits.lengthMax} characters.`, 'too-large', 1, 1);
  }
  // Half a surrogate pair is no character, it can't be written as UTF-8; the XML parser doesn't look for it.
  if (!source.isWellFormed()) {
    failAt(source, source.search(/\p{Surrogate}/u), 'Disallowed character.', 'disallowed-character');
  }
  return new TreeBuilder(source, allLimits).build();
}
