import { ApiError } from '../../rest/client';
import {
  createDraftPage,
  discardDraft,
  discardDraftPage,
  draftQuery,
  saveDraft,
  saveDraftPage,
  type Draft,
} from '../../rest/drafts';
import { queryClient } from '../../rest/queries';
import { editedPageQuery, type EditedPage, type NewPlace } from '../../rest/writing';

/** A page as its writer has it now; `version` is what it was made from, 0 for a page that was never published. */
export interface DraftText {
  readonly title: string;
  readonly body: string;
  readonly version: number;
}

/** Where the wiki keeps the draft of one editor. */
export interface RemoteDraft {
  /** The content that it hangs on; undefined before a new page has been saved for the first time. */
  readonly pageId: string | undefined;
  /** Names what the wiki has of this draft. */
  readonly basis: string;
  /** Whether the draft is the content itself, which nobody has published yet. */
  readonly isContent: boolean;
  /** The last text that both this editor and the wiki had. */
  readonly known: DraftText;
  /** `keepalive`: the document is going. Throws ApiError. */
  save(text: DraftText, keepalive: boolean): Promise<void>;
  discard(): Promise<void>;
  /** Goes on from what another editor of the same writer has saved. */
  takeOver(): Promise<void>;
}

/** The draft of a page that is published: the writer's own, beside the page. */
export class DraftOfPage implements RemoteDraft {
  readonly isContent = false;
  /** What this editor is called, so that the wiki tells it from the same writer's other windows. */
  private readonly session = crypto.randomUUID();

  /** `known` is the text that this editor goes on from. */
  constructor(
    readonly pageId: string,
    private revision: number,
    readonly known: DraftText,
  ) {}

  get basis(): string {
    return String(this.revision);
  }

  async save(text: DraftText, keepalive: boolean): Promise<void> {
    try {
      await this.saveAfter(this.revision, text, keepalive);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      // What a document sent while it was reloaded arrives late: it is the text that this one goes on from.
      const saved = await this.saved();
      if (saved?.title !== this.known.title || saved.body.storage.value !== this.known.body) throw error;
      await this.saveAfter(saved.revision, text, keepalive);
    }
  }

  async discard(): Promise<void> {
    await discardDraft(this.pageId);
    this.revision = 0;
  }

  async takeOver(): Promise<void> {
    this.revision = (await this.saved())?.revision ?? 0;
  }

  private async saveAfter(revision: number, text: DraftText, keepalive: boolean): Promise<void> {
    const { session } = this;
    this.revision = (await saveDraft(this.pageId, { ...text, session, revision }, keepalive)).revision;
  }

  private saved(): Promise<Draft | null> {
    return queryClient.fetchQuery(draftQuery(this.pageId));
  }
}

/** A page that was never published: the draft is the content. */
export class NewPageDraft implements RemoteDraft {
  readonly isContent = true;
  /** What this editor is sending; its answer may get lost. */
  private sent: DraftText | undefined;

  constructor(
    private readonly place: NewPlace,
    /** Told once, when the wiki has given the draft its id. */
    private readonly created: (id: string) => void,
    public pageId: string | undefined,
    public basis: string,
    public known: DraftText,
  ) {}

  async save(text: DraftText, keepalive: boolean): Promise<void> {
    const { pageId } = this;
    if (pageId !== undefined) return this.saveOver(pageId, text, keepalive);
    const saved = await createDraftPage({ ...this.place, ...text });
    this.basis = saved.version.when;
    this.known = text;
    this.pageId = saved.id;
    this.created(saved.id);
  }

  private async saveOver(pageId: string, text: DraftText, keepalive: boolean): Promise<void> {
    const before = this.sent;
    const { type } = this.place;
    this.sent = text;
    try {
      this.basis = (await saveDraftPage(pageId, { ...text, type }, this.basis, keepalive)).version.when;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      // Its own text, whose answer was lost or which a reloaded document sent last, is none of another editor's.
      const saved = await this.saved(pageId);
      const isOwn = (own: DraftText | undefined) => saved.title === own?.title && saved.body.storage.value === own.body;
      if (saved.status !== 'draft' || ![before, text, this.known].some(isOwn)) throw error;
      this.basis = (await saveDraftPage(pageId, { ...text, type }, saved.version.when, keepalive)).version.when;
    }
    this.known = text;
  }

  async discard(): Promise<void> {
    if (this.pageId !== undefined) await discardDraftPage(this.pageId);
  }

  async takeOver(): Promise<void> {
    if (this.pageId === undefined) return;
    this.basis = (await this.saved(this.pageId)).version.when;
  }

  private saved(pageId: string): Promise<EditedPage> {
    return queryClient.fetchQuery(editedPageQuery(pageId));
  }
}
