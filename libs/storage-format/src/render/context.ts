import type { AttachmentReference, PageReference, UserReference } from '../references.js';

export type RenderLocale = 'en' | 'ja';

/** Confluence's names for what HTML is made for: reading in the application, exporting, exporting with styles. */
export type RenderOutputType = 'view' | 'export_view' | 'styled_view';

/** The content that a body belongs to: what relative references in it are relative to. */
export interface RenderedContent {
  readonly id: string;
  readonly title: string;
  readonly spaceKey: string;
  /** page, blogpost, comment, ... */
  readonly type: string;
  /** Where a reader goes; for links that must work elsewhere too. */
  readonly url?: string | undefined;
}

/** What every answer carries: the cache tags that it depends on, also when nothing was found. */
export interface Dependent {
  readonly dependsOn: readonly string[];
}

export interface ResolvedPage extends Dependent {
  readonly found: boolean;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly spaceKey?: string | undefined;
  /** Where a reader goes; with the context path, without the host. */
  readonly url?: string | undefined;
  /** The page above it; undefined at a space's top. */
  readonly parentId?: string | undefined;
  /** For a page that isn't there: where one who may creates it. */
  readonly createUrl?: string | undefined;
}

export interface ResolvedUser extends Dependent {
  readonly found: boolean;
  readonly userKey?: string | undefined;
  readonly username?: string | undefined;
  readonly displayName?: string | undefined;
  readonly url?: string | undefined;
}

export interface ResolvedSpace extends Dependent {
  readonly found: boolean;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly homePageId?: string | undefined;
}

export interface ResolvedAttachment extends Dependent {
  readonly found: boolean;
  readonly id?: string | undefined;
  readonly downloadUrl?: string | undefined;
  readonly thumbnailUrl?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly version?: number | undefined;
  readonly containerId?: string | undefined;
}

export interface LoadedBody extends Dependent {
  readonly found: boolean;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly spaceKey?: string | undefined;
  readonly url?: string | undefined;
  readonly storage?: string | undefined;
}

export interface ChildPage {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly children: readonly ChildPage[];
}

export interface ListedChildren extends Dependent {
  /** False when the parent isn't there (for this reader). */
  readonly found: boolean;
  readonly pages: readonly ChildPage[];
}

/** A page's children, or a space's top level. */
export type ChildrenParent = PageReference | { readonly spaceRoot: string };

export interface ListChildrenOptions {
  /** Levels below the parent; 1 is its children only. */
  readonly depth: number;
  /** `position` is the tree's own order. */
  readonly sort: 'position' | 'title' | 'creation' | 'modified';
  readonly reverse: boolean;
  /** At most so many on each level; undefined for all. */
  readonly first?: number | undefined;
}

/**
 * What a renderer asks the wiki for. Answers stand in the order of the questions, one each, and what a reader may not see is not
 * found. A rejection means "can't say now" (a service is away): what needed it shows an error in place, and the result isn't cacheable.
 */
export interface RenderContext {
  readonly locale: RenderLocale;
  readonly outputType: RenderOutputType;
  /** Null for a body that belongs to no content yet. */
  readonly content: RenderedContent | null;
  resolvePages(references: readonly PageReference[]): Promise<readonly ResolvedPage[]>;
  resolveUsers(references: readonly UserReference[]): Promise<readonly ResolvedUser[]>;
  resolveSpaces(keys: readonly string[]): Promise<readonly ResolvedSpace[]>;
  resolveAttachments(references: readonly AttachmentReference[]): Promise<readonly ResolvedAttachment[]>;
  /** The storage body of another content, for include and excerpt-include. */
  loadBody(reference: PageReference): Promise<LoadedBody>;
  listChildren(parent: ChildrenParent, options: ListChildrenOptions): Promise<ListedChildren>;
}

/** Something that a reader only sees as "not available": a rejection of the context, a defect of a macro. For the log. */
export interface RenderFailure {
  /** `context`, or the macro's name. */
  readonly place: string;
  readonly error: unknown;
}

export interface RenderResult {
  readonly html: string;
  /** Every cache tag of every answer that went into `html`, sorted, each once. */
  readonly dependsOn: readonly string[];
  /** False when something is missing only for now (a service away, a time limit): such HTML must not be kept. */
  readonly isCacheable: boolean;
  readonly failures: readonly RenderFailure[];
}
