import type { StorageDocument, StorageNode } from '../document.js';
import type { MacroScope, RenderedHeading } from '../macros/macro.js';
import { message, type MessageKey, type MessageLocale, type MessageValues } from '../messages/message.js';
import { anchorOn } from './anchor.js';
import type { Answers } from './answers.js';
import type { RenderContext, RenderedContent, RenderFailure, RenderOutputType } from './context.js';
import { renderNodes } from './elements/elements.js';
import { renderInPlace } from './elements/macro.js';
import { MacroError } from './macro-error.js';

/** Pages inside each other. */
export const INCLUDE_DEPTH_MAX = 16;

/** Elements of included pages rendered for one page, counted each time. */
const INCLUDED_ELEMENTS_MAX = 200_000;

/** Characters of HTML that macros make for one page: lists, tables of contents, included pages. */
const MADE_HTML_LENGTH_MAX = 8 * 1024 * 1024;

/** Stands in HTML for what is put in at the end. Storage format can't have control characters, and escapeHtml removes them. */
const DEFERRED_MARK = '\u0001';

/** The one rendering of one page: what is counted and collected over the page and all that it includes. */
export class Rendering {
  readonly headings: RenderedHeading[] = [];
  /** False once something was left out that may be there another time. */
  isComplete = true;
  private readonly deferred: (() => string)[] = [];
  private readonly headingIdUses = new Map<string, number>();
  private ids = 0;
  private includedElements = 0;
  private madeHtmlLength = 0;

  constructor(
    readonly context: RenderContext,
    readonly answers: Answers,
    /** The page itself, whose declarations its template variables use. */
    readonly document: StorageDocument,
    private readonly endsAtMillis: number,
    readonly failures: RenderFailure[],
  ) {}

  countIncludedElement(): void {
    this.includedElements += 1;
    if (this.includedElements > INCLUDED_ELEMENTS_MAX) throw new MacroError('error.too-large');
  }

  countMadeHtml(html: string): void {
    this.madeHtmlLength += html.length;
    if (this.madeHtmlLength > MADE_HTML_LENGTH_MAX) throw new MacroError('error.too-large');
  }

  get isLate(): boolean {
    return performance.now() > this.endsAtMillis;
  }

  nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  /** An id that no other heading has: the second one gets `.1`. */
  uniqueHeadingId(id: string): string {
    const uses = this.headingIdUses.get(id) ?? 0;
    this.headingIdUses.set(id, uses + 1);
    return uses === 0 ? id : `${id}.${uses}`;
  }

  /** A mark for HTML that is made at the end. */
  defer(build: () => string): string {
    this.deferred.push(build);
    return `${DEFERRED_MARK}${this.deferred.length - 1}${DEFERRED_MARK}`;
  }

  /** Puts in what was waiting for the headings. */
  finish(html: string): string {
    const parts = html.split(DEFERRED_MARK);
    return parts.map((part, index) => (index % 2 === 0 ? part : (this.deferred[Number(part)]?.() ?? ''))).join('');
  }
}

/** A rendering's view from one content: the page itself, or a page that it includes. */
export class RenderScope implements MacroScope {
  readonly locale: MessageLocale;
  readonly outputType: RenderOutputType;
  readonly answers: Answers;

  constructor(
    readonly rendering: Rendering,
    readonly content: RenderedContent | null,
    private readonly includedBy: readonly string[] = [],
  ) {
    this.locale = rendering.context.locale;
    this.outputType = rendering.context.outputType;
    this.answers = rendering.answers;
  }

  /** Whether this is inside an included page. */
  get isIncluded(): boolean {
    return this.includedBy.length > 0;
  }

  message(key: MessageKey, values: MessageValues = {}): string {
    return message(this.locale, key, values);
  }

  render(nodes: readonly StorageNode[]): string {
    return renderNodes(nodes, this);
  }

  renderOf(nodes: readonly StorageNode[], content: RenderedContent): string {
    const path = [...this.includedBy, this.content?.id ?? ''];
    if (path.includes(content.id)) throw new MacroError('error.include.recursion');
    if (path.length > INCLUDE_DEPTH_MAX) throw new MacroError('error.include.too-deep', { limit: INCLUDE_DEPTH_MAX });
    return new RenderScope(this.rendering, content, path).render(nodes);
  }

  uniqueId(prefix: string): string {
    return `${prefix}-${this.rendering.context.content?.id ?? '0'}-${this.rendering.nextId()}`;
  }

  anchorId(anchor: string): string {
    return anchorOn(this.content?.title, anchor);
  }

  afterHeadings(macroName: string, build: (headings: readonly RenderedHeading[]) => string): string {
    const { rendering } = this;
    return rendering.defer(() =>
      renderInPlace(macroName, this, () => {
        const html = build(rendering.headings);
        rendering.countMadeHtml(html);
        return html;
      }),
    );
  }
}
