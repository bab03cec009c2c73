import { parseStorage } from '../parse.js';
import type { PageReference } from '../references.js';
import type { ChildPage, LoadedBody, RenderContext, RenderedContent, RenderResult } from '../render/context.js';
import { renderView, type RenderOptions } from '../render/render-view.js';

export interface MemoryPage {
  readonly id: string;
  readonly title: string;
  readonly storage?: string;
  readonly spaceKey?: string;
  readonly parentId?: string;
}

const SPACE_KEY = 'DOC';

/** A wiki in memory for the renderer's own tests: pages, one user joe, one file a.png on page 1, space DOC with home page 1. */
export class MemoryWiki implements RenderContext {
  readonly outputType = 'view';
  /** What was asked, by method, in order. */
  readonly questions: [method: string, ...questions: unknown[]][] = [];

  constructor(
    private readonly pages: readonly MemoryPage[] = [],
    readonly content: RenderedContent | null = { id: '1', title: 'My Page', spaceKey: SPACE_KEY, type: 'page' },
    readonly locale: 'en' | 'ja' = 'en',
  ) {}

  /** Renders a body in this wiki. */
  render(storage: string, options: RenderOptions = {}): Promise<RenderResult> {
    return renderView(parseStorage(storage), this, options);
  }

  async html(storage: string): Promise<string> {
    return (await this.render(storage)).html;
  }

  private find(reference: PageReference): MemoryPage | undefined {
    return this.pages.find((page) =>
      'contentId' in reference
        ? page.id === reference.contentId
        : page.title === reference.title && (page.spaceKey ?? SPACE_KEY) === reference.spaceKey,
    );
  }

  private answer(reference: PageReference): LoadedBody & { parentId?: string; createUrl?: string } {
    const page = this.find(reference);
    const name = 'contentId' in reference ? reference.contentId : reference.title;
    if (page === undefined) return { found: false, dependsOn: [`missing:${name}`] };
    const { id, title, storage = '', spaceKey = SPACE_KEY, parentId } = page;
    return { found: true, id, title, storage, spaceKey, parentId, url: `/page/${id}`, dependsOn: [`content:${id}`] };
  }

  async resolvePages(references: readonly PageReference[]) {
    this.questions.push(['resolvePages', ...references]);
    return references.map((reference) => this.answer(reference));
  }

  async loadBody(reference: PageReference) {
    this.questions.push(['loadBody', reference]);
    return this.answer(reference);
  }

  async resolveUsers(references: Parameters<RenderContext['resolveUsers']>[0]) {
    this.questions.push(['resolveUsers', ...references]);
    return references.map(({ userKey, username }) =>
      userKey === 'u1' || username === 'joe'
        ? {
            found: true,
            userKey: 'u1',
            username: 'joe',
            displayName: 'Joe <Doe>',
            url: '/display/~joe',
            dependsOn: ['user:u1'],
          }
        : { found: false, dependsOn: [`user:${userKey ?? username ?? ''}`] },
    );
  }

  async resolveSpaces(keys: readonly string[]) {
    this.questions.push(['resolveSpaces', ...keys]);
    return keys.map((key) =>
      key === SPACE_KEY
        ? { found: true, key, name: 'Documents', url: '/display/DOC', homePageId: '1', dependsOn: ['space:DOC'] }
        : { found: false, dependsOn: [`space:${key}`] },
    );
  }

  async resolveAttachments(references: Parameters<RenderContext['resolveAttachments']>[0]) {
    this.questions.push(['resolveAttachments', ...references]);
    return references.map(({ filename }) =>
      filename === 'a.png'
        ? {
            found: true,
            id: 'att7',
            downloadUrl: '/download/attachments/1/a.png?version=2',
            thumbnailUrl: '/download/thumbnails/1/a.png',
            mediaType: 'image/png',
            version: 2,
            containerId: '1',
            dependsOn: ['attachments:1'],
          }
        : { found: false, dependsOn: ['attachments:1'] },
    );
  }

  async listChildren(...[parent, { depth, reverse, first }]: Parameters<RenderContext['listChildren']>) {
    this.questions.push(['listChildren', parent, depth]);
    const below = (parentId: string | undefined, levels: number): ChildPage[] => {
      if (levels === 0) return [];
      const pages = this.pages.filter((page) => page.parentId === parentId);
      return (reverse ? pages.toReversed() : pages)
        .slice(0, first)
        .map(({ id, title }) => ({ id, title, url: `/page/${id}`, children: below(id, levels - 1) }));
    };
    if ('spaceRoot' in parent) return { found: true, pages: below(undefined, depth), dependsOn: ['children:DOC'] };
    const page = this.find(parent);
    if (page === undefined) return { found: false, pages: [], dependsOn: ['missing:parent'] };
    return { found: true, pages: below(page.id, depth), dependsOn: [`children:${page.id}`] };
  }
}
