import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ServiceError, unavailable, type pages } from '@tributary/contracts';
import { ChangesFeed, type LocatedChange } from './changes-feed.js';

/** Streams of one gateway, and of one user or stranger's address at it: browsers keep one for the tab that is looked at. */
const streamsMax = 2_000;
const streamsOfOneMax = 20;
/** Changes that a slow reader has not been told yet; after more it is told to look for itself. */
const waitingMax = 200;
/** A stream on which nothing happens says so, before anybody between here and the browser thinks that it is dead. */
const commentMillis = 10_000;
/** When a browser whose stream has ended opens the next one. */
const retryMillis = 1_000;

export interface ReaderStreamOptions {
  /** Who counts as one. */
  readonly who: string;
  readonly nodeId: string;
  /** The page that is read, and the space whose tree is shown. */
  readonly contentId: string | undefined;
  readonly spaceKey: string | undefined;
  /** Those of the changes that the reader may see at this moment; fails when who reads has changed. */
  readonly see: (ids: string[]) => Promise<readonly pages.SeenChange[]>;
  /** Aborts when the reader's connection is closed. */
  readonly gone: AbortSignal;
  /** Whether the reader is still who they were, and this gateway still serves. */
  readonly mayGoOn: () => Promise<boolean>;
}

/** Streams of server-sent events to readers: what of that which they look at has changed. */
@Injectable()
export class ReaderStreams {
  private readonly closing = new AbortController();
  private readonly open = new Map<string, number>();
  private count = 0;

  constructor(private readonly feed: ChangesFeed) {}

  /** Ends all streams; each browser opens its next one at another gateway. */
  close(): void {
    this.closing.abort();
  }

  /** A stream of text; `tooManyRequests` when there are too many, `unavailable` when this gateway goes. */
  start(options: ReaderStreamOptions): Readable {
    if (this.closing.signal.aborted) throw unavailable('This gateway is about to go: ask another one');
    const ofOne = this.open.get(options.who) ?? 0;
    if (this.count >= streamsMax || ofOne >= streamsOfOneMax) {
      throw new ServiceError('tooManyRequests', 'Too many streams of events are open');
    }
    this.count += 1;
    this.open.set(options.who, ofOne + 1);
    const signal = AbortSignal.any([this.closing.signal, options.gone]);
    const stream = Readable.from(new ReaderStream(this.feed, options, signal).text(), { objectMode: false });
    stream.once('close', () => {
      this.count -= 1;
      const left = (this.open.get(options.who) ?? 1) - 1;
      if (left > 0) this.open.set(options.who, left);
      else this.open.delete(options.who);
    });
    return stream;
  }
}

/** One reader's stream. */
class ReaderStream {
  private readonly waiting = new Set<string>();
  private hasMissed = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly feed: ChangesFeed,
    private readonly options: ReaderStreamOptions,
    private readonly signal: AbortSignal,
  ) {}

  /** What is told, until the signal aborts or the reader may see nothing more. */
  async *text(): AsyncGenerator<string> {
    const { nodeId, mayGoOn } = this.options;
    const stop = this.feed.listen({ changed: (changes) => this.take(changes) });
    try {
      yield `retry: ${retryMillis}\n${eventOf('here', { nodeId })}`;
      for (;;) {
        await this.something();
        if (this.signal.aborted || !(await mayGoOn())) return;
        yield this.hasMissed || this.waiting.size > 0 ? await this.told() : ': still here\n\n';
      }
    } finally {
      stop();
    }
  }

  private take(changes: readonly LocatedChange[]): void {
    const { contentId, spaceKey } = this.options;
    if (changes.length === 0) this.hasMissed = true;
    for (const { id, containerId, spaceKey: key } of changes) {
      const isAsked = key === spaceKey || id === contentId || (containerId !== null && containerId === contentId);
      if (!isAsked) continue;
      if (this.waiting.size >= waitingMax) this.hasMissed = true;
      else this.waiting.add(id);
    }
    if (this.hasMissed || this.waiting.size > 0) this.wake?.();
  }

  /** Waits for something to tell, at most until the next comment is due. */
  private async something(): Promise<void> {
    if (this.hasMissed || this.waiting.size > 0 || this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', wake);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, commentMillis);
      this.signal.addEventListener('abort', wake);
      this.wake = wake;
    });
  }

  private async told(): Promise<string> {
    const ids = [...this.waiting];
    this.waiting.clear();
    // What can't be asked about now the reader looks at for itself.
    const changes = ids.length > 0 ? await this.options.see(ids).catch(() => undefined) : [];
    const missed = this.hasMissed || !changes ? eventOf('missed', {}) : '';
    this.hasMissed = false;
    if (!changes) return missed;
    const told = changes.map(({ id, type, status, containerId, spaceKey, version }) =>
      type === 'comment'
        ? eventOf('comment', { id, contentId: containerId })
        : eventOf('content', { id, status, spaceKey, version }),
    );
    return `${missed}${told.join('')}` || ': nothing of yours\n\n';
  }
}

const eventOf = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
