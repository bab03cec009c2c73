import { ApiError, isReadOnly, isTemporary } from '../../rest/client';
import type { LocalDraft } from './local-drafts';
import type { DraftText, RemoteDraft } from './remote-drafts';

/** What the writer is told of the draft. */
export type DraftState =
  /** As it is published, or as it was opened. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'saved'; readonly at: number }
  /** In this browser only: the wiki can't be reached. */
  | { readonly kind: 'kept' }
  /** Nowhere but on the screen. */
  | { readonly kind: 'unkept' }
  /** The same writer has saved another text in another editor. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly error: ApiError };

/** A pause in typing that is long enough to save, and how long somebody who makes no pause waits. */
const pauseMillis = 1_000;
const waitMillisMax = 4_000;
/** Who types on isn't told of each save: a word that changes costs a frame, and nobody reads it. */
const quietMillis = 200;
/** How long a save may be only on its way. */
const answerMillis = 500;
const retryMillisFirst = 1_000;
const retryMillisMax = 10_000;

/** Where drafts lie in this browser. */
export interface LocalPlace {
  keep(draft: LocalDraft): Promise<void>;
  forget(): Promise<void>;
}

export interface Keeping {
  readonly remote: RemoteDraft;
  readonly local: LocalPlace;
  /** What is on the screen; costs time in proportion to the page. */
  read(): DraftText;
  /** Whether that is what readers see anyway. */
  isPublished(text: DraftText): boolean;
}

/**
 * Saves one editor's draft by itself, one save at a time: in the wiki, where it is tried until it is there. What the wiki refuses or doesn't
 * take at once is kept in this browser until then, and so is what is unsaved when the screen goes. Doesn't promise that a text typed within
 * the last seconds outlives a crash of the browser.
 */
export class DraftKeeper {
  state: DraftState = { kind: 'unchanged' };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private changes = 0;
  private savedChanges = 0;
  private unsavedSince = 0;
  private failures = 0;
  private saving: Promise<void> | undefined;
  private isOver = false;
  /** Something hangs on the draft: it is kept though it says nothing yet. */
  private isNeeded = false;
  /** The last change of the text that this browser may have; undefined where it has none. */
  private keptHere: number | undefined = 0;

  /** `hadDraft`: what it begins with is a draft already. */
  constructor(
    private readonly keeping: Keeping,
    readonly hadDraft: boolean,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): DraftState => this.state;

  get pageId(): string | undefined {
    return this.keeping.remote.pageId;
  }

  /** The last text that both the editor and the wiki had. */
  get known(): DraftText {
    return this.keeping.remote.known;
  }

  /** When a draft that nobody has published was saved last; undefined for others. */
  get savedContent(): string | undefined {
    const { isContent, pageId, basis } = this.keeping.remote;
    return isContent && pageId !== undefined && basis !== '' ? basis : undefined;
  }

  /** Of what the wiki has of the draft; 0 for none. */
  get revision(): number {
    return Number(this.keeping.remote.basis) || 0;
  }

  /** The page's id, which a page that is being made has once its draft is in the wiki; undefined where that can't be had. */
  readonly ensurePage = async (): Promise<string | undefined> => {
    if (this.pageId === undefined) {
      this.isNeeded = true;
      this.changed();
      await this.flush();
    }
    return this.pageId;
  };

  /** The writer has changed something. */
  readonly changed = (): void => {
    if (this.isOver) return;
    if (this.changes === this.savedChanges) this.unsavedSince = Date.now();
    this.changes += 1;
    clearTimeout(this.quiet);
    if (this.state.kind === 'elsewhere') return;
    if (this.state.kind === 'unchanged' || this.state.kind === 'saved') this.tell({ kind: 'changed' });
    this.saveIn(Math.min(pauseMillis, Math.max(0, this.unsavedSince + waitMillisMax - Date.now())));
  };

  /** Saves what is unsaved now; `keepalive` when the document goes and nobody waits for the answer. */
  readonly flush = (keepalive = false): Promise<void> => {
    clearTimeout(this.timer);
    const before = this.saving;
    if (this.isOver || this.changes === this.savedChanges) return before ?? Promise.resolve();
    // Before anything is waited for: a document that goes takes along what hasn't begun.
    if (keepalive) this.keepHere();
    const run = (): Promise<void> => this.save(keepalive);
    const saving = before ? before.then(run, run) : run();
    const over = (): void => {
      if (this.saving === saving) this.saving = undefined;
    };
    this.saving = saving;
    saving.then(over, over);
    return saving;
  };

  /** Keeps in this browser what is unsaved: the screen goes, or may not come back. */
  keepHere(): void {
    if (!this.isOver && this.changes !== this.savedChanges) void this.keepLocally();
  }

  /** The writer wants this text, not that of the other editor. */
  async takeOver(): Promise<void> {
    await this.keeping.remote.takeOver();
    this.tell({ kind: 'changed' });
    this.changed();
  }

  readonly forgetLocally = async (): Promise<void> => {
    if (this.keptHere === undefined) return;
    this.keptHere = undefined;
    await this.keeping.local.forget().catch(() => {
      // A browser that keeps nothing has nothing to forget; what it doesn't forget is offered beside the draft.
    });
  };

  /**
   * Waits for the save that is under way, and begins no other until something changes, but for a draft of which nobody knows whether the wiki
   * has it.
   */
  async settle(): Promise<void> {
    clearTimeout(this.timer);
    await this.saving;
    if (this.keeping.remote.isUncertain) await this.flush();
    clearTimeout(this.timer);
  }

  /** There is nothing to keep any more: neither here nor, because it became the page, in the wiki. */
  async end(): Promise<void> {
    await this.finish(() => Promise.resolve());
  }

  /** Removes the draft, here and in the wiki. Throws ApiError where it couldn't, and goes on keeping it. */
  async discard(): Promise<void> {
    await this.finish(() => this.keeping.remote.discard());
  }

  private async finish(remove: () => Promise<void>): Promise<void> {
    clearTimeout(this.timer);
    this.isOver = true;
    await this.saving;
    try {
      await remove();
      await this.forgetLocally();
    } catch (error) {
      this.isOver = false;
      throw error;
    }
  }

  private saveIn(millis: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), millis);
  }

  private async save(keepalive: boolean): Promise<void> {
    const { remote } = this.keeping;
    const changes = this.changes;
    const text = this.keeping.read();
    const slow = setTimeout(() => void this.keepLocally(), answerMillis);
    try {
      if (this.keeping.isPublished(text) && !this.isNeeded) await remote.discard();
      else await remote.save(text, keepalive);
      clearTimeout(slow);
      this.failures = 0;
      this.savedChanges = changes;
      this.unsavedSince = Date.now();
      if ((this.keptHere ?? Infinity) <= changes) await this.forgetLocally();
      this.tellSaved();
    } catch (error) {
      clearTimeout(slow);
      this.failed(error, await this.keepLocally());
    } finally {
      if (this.changes !== changes && !this.isOver && this.state.kind !== 'elsewhere') this.saveIn(pauseMillis);
    }
  }

  private tellSaved(): void {
    const tell = (at: number): void => this.tell({ kind: 'saved', at });
    clearTimeout(this.quiet);
    // That something is right again is told at once.
    if (this.state.kind !== 'changed') tell(this.unsavedSince);
    else if (this.changes === this.savedChanges) this.quiet = setTimeout(tell, quietMillis, this.unsavedSince);
  }

  /** Keeps in this browser what is on the screen now; answers whether it did. */
  private keepLocally(): Promise<boolean> {
    const { local, remote, read } = this.keeping;
    const { title, body, version } = read();
    const { basis, creation } = remote;
    this.keptHere = this.changes;
    return local.keep({ title, body, version, basis, creation, when: new Date().toISOString() }).then(
      () => true,
      // No room in this browser: the wiki may have it all the same, and the writer is told if it hasn't.
      () => false,
    );
  }

  private failed(error: unknown, kept: boolean): void {
    if (!(error instanceof ApiError)) throw error;
    if (isTemporary(error)) {
      this.tell({ kind: kept ? 'kept' : 'unkept' });
      this.saveIn(Math.min(retryMillisMax, retryMillisFirst * 2 ** this.failures));
      this.failures += 1;
    } else if (error.status === 409) this.tell({ kind: 'elsewhere' });
    else {
      this.tell({ kind: 'refused', error });
      // That is over some time, without a word to the writer who waits for it.
      if (isReadOnly(error)) this.saveIn(retryMillisMax);
    }
  }

  private tell(state: DraftState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
