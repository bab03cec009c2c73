import { ApiError } from '../../rest/client';
import {
  changeDraft,
  createDraftPage,
  discardDraft,
  discardDraftPage,
  draftQuery,
  saveDraft,
  saveDraftPage,
  type Draft,
  type DraftContent,
  type DraftToSave,
} from '../../rest/drafts';
import { queryClient } from '../../rest/queries';
import { editedPageQuery, type EditedPage, type NewPlace } from '../../rest/writing';
import { changeBetween, type Body } from './body-change';

/** A page as its writer has it now; `version` is what it was made from, 0 for a page that was never published. */
export interface DraftText extends Body {
  readonly title: string;
  readonly version: number;
}

/** What is on the screen; its body is put together when somebody asks for it. */
export const textOf = (title: string, version: number, written: Body): DraftText => ({
  title,
  version,
  pieces: written.pieces,
  get body() {
    return written.body;
  },
});

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
  /** What a draft is made under that the wiki has given no id yet: under one key it makes one. */
  readonly creation?: string | undefined;
  /** Whether the wiki was asked to make it and did not answer. */
  readonly isUncertain: boolean;
  /** `keepalive`: the document is going. Throws ApiError. */
  save(text: DraftText, keepalive: boolean): Promise<void>;
  discard(): Promise<void>;
  /** Goes on from what another editor of the same writer has saved. */
  takeOver(): Promise<void>;
}

/** The draft of a page that is published: the writer's own, beside the page. */
export class DraftOfPage implements RemoteDraft {
  readonly isContent = false;
  readonly isUncertain = false;
  /** What this editor is called, so that the wiki tells it from the same writer's other windows. */
  private readonly session = crypto.randomUUID();
  /** What this editor has saved last: the next time it says what has changed. */
  private lastSaved: { readonly text: Body; readonly revision: number } | undefined;

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
    const { title, version } = text;
    const draft = { title, version, session: this.session, revision };
    const saved =
      (await this.saveChange(draft, text, keepalive)) ??
      (await saveDraft(this.pageId, { ...draft, body: text.body }, keepalive));
    this.revision = saved.revision;
    this.lastSaved = { text, revision: saved.revision };
  }

  /** Sends what has changed since the last save; undefined where the whole has to be sent. */
  private async saveChange(draft: Omit<DraftToSave, 'body'>, text: Body, keepalive: boolean) {
    const { lastSaved } = this;
    if (lastSaved?.revision !== draft.revision) return undefined;
    const change = changeBetween(lastSaved.text, text);
    return changeDraft(this.pageId, { ...draft, change }, keepalive).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      return undefined;
    });
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
  private readonly key: string;
  private wasSent: boolean;

  /** `creation` is that of an editor before, as a reload has one: it may have sent its text. */
  constructor(
    private readonly place: NewPlace,
    /** Told once, when the wiki has given the draft its id. */
    private readonly created: (id: string) => void,
    public pageId: string | undefined,
    public basis: string,
    public known: DraftText,
    creation: string | undefined,
  ) {
    this.key = creation ?? crypto.randomUUID();
    this.wasSent = creation !== undefined;
  }

  get creation(): string | undefined {
    return this.pageId === undefined ? this.key : undefined;
  }

  get isUncertain(): boolean {
    return this.wasSent && this.pageId === undefined;
  }

  async save(text: DraftText, keepalive: boolean): Promise<void> {
    if (this.pageId !== undefined) return this.saveOver(this.pageId, text, keepalive);
    const isAgain = this.wasSent;
    const { id, history } = await this.create(text);
    this.basis = history.createdDate;
    this.pageId = id;
    this.created(id);
    // The answer to an earlier text was lost, or nothing but the request: what the wiki has may be that text.
    if (isAgain) return this.saveOver(id, text, keepalive);
    this.known = text;
  }

  private async create(text: DraftText): Promise<DraftContent> {
    const wasSent = this.wasSent;
    this.wasSent = true;
    try {
      return await createDraftPage({ ...this.place, ...text }, this.key);
    } catch (error) {
      // What was refused wasn't made, by this request.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) this.wasSent = wasSent;
      throw error;
    }
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
    const id = this.pageId ?? (this.isUncertain ? (await this.create(this.known)).id : undefined);
    if (id !== undefined) await discardDraftPage(id);
    // What is written from now on is another draft.
    this.pageId = undefined;
    this.basis = '';
    this.wasSent = false;
  }

  async takeOver(): Promise<void> {
    if (this.pageId === undefined) return;
    this.basis = (await this.saved(this.pageId)).version.when;
  }

  private saved(pageId: string): Promise<EditedPage> {
    return queryClient.fetchQuery(editedPageQuery(pageId));
  }
}
