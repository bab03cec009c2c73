import { ApiError } from '../../rest/client';
import { freeName } from './free-name';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  /** Why it didn't arrive; undefined while it may. */
  readonly failure: unknown;
}

/** Where files go. What it is told may be given up by `signal`. */
export interface UploadWay {
  /** The page that they are attached to, which is made where there is none; undefined where it can't be. */
  pageId(): Promise<string | undefined>;
  namesAt(pageId: string, signal: AbortSignal): Promise<readonly string[]>;
  send(pageId: string, file: File, name: string, progress: (share: number) => void, signal: AbortSignal): Promise<void>;
  arrived(id: number, file: File, name: string): void;
  /** It won't come any more. */
  givenUp(id: number): void;
}

interface Task {
  readonly id: number;
  readonly file: File;
  readonly ending: AbortController;
}

/** So few that none waits for a connection while it is thought to be sent, and that the text is saved beside them. */
const atOnceMax = 3;
/** Others who attach files to the same page at the same time take a name at most so often. */
const triesMax = 5;

/** Brings files to a page under names that are free there, a few at a time. */
export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private readonly tasks = new Map<number, Task>();
  private readonly waiting: Task[] = [];
  private readonly names = new Set<string>();
  private knownPage: string | undefined;
  private running = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly way: UploadWay) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getUploads = (): readonly Upload[] => this.uploads;

  add(id: number, file: File): void {
    this.tell([...this.uploads, { id, name: file.name, share: 0, failure: undefined }]);
    this.begin(id, file);
  }

  /** Tries again to bring one that failed. */
  retry(id: number): void {
    const task = this.tasks.get(id);
    if (task === undefined) return;
    this.change(id, { share: 0, failure: undefined });
    this.begin(id, task.file);
  }

  /** Forgets one, whether it is under way or has failed. */
  giveUp(id: number): void {
    this.forget(id);
    this.way.givenUp(id);
  }

  /** Nobody waits for them any more. */
  end(): void {
    for (const id of this.tasks.keys()) this.forget(id);
  }

  private begin(id: number, file: File): void {
    const task = { id, file, ending: new AbortController() };
    this.tasks.set(id, task);
    this.waiting.push(task);
    this.goOn();
  }

  private goOn(): void {
    while (this.running < atOnceMax) {
      const task = this.waiting.shift();
      if (task === undefined) return;
      if (task.ending.signal.aborted) continue;
      this.running += 1;
      void this.bring(task).finally(() => {
        this.running -= 1;
        this.goOn();
      });
    }
  }

  private async bring({ id, file, ending: { signal } }: Task): Promise<void> {
    try {
      const name = await untilAborted(signal, this.sendFreely(id, file, signal));
      this.forget(id);
      this.way.arrived(id, file, name);
    } catch (failure) {
      if (!signal.aborted) this.change(id, { failure });
    }
  }

  /** Sends a file under a name that is free, and answers that; another one where somebody has taken it meanwhile. */
  private async sendFreely(id: number, file: File, signal: AbortSignal): Promise<string> {
    const pageId = await this.way.pageId();
    if (pageId === undefined) throw new ApiError(0, 'There is no page yet that it could be attached to');
    if (this.knownPage !== pageId) await this.learnNames(pageId, signal);
    for (let tries = 1; ; tries += 1) {
      const name = freeName(file.name, this.names);
      this.names.add(name);
      this.change(id, { name });
      try {
        await this.way.send(pageId, file, name, (share) => this.change(id, { share }), signal);
        return name;
      } catch (error) {
        this.names.delete(name);
        const isRefused = error instanceof ApiError && error.status === 400;
        if (!isRefused || tries >= triesMax) throw error;
        await this.learnNames(pageId, signal);
        if (!this.names.has(name)) throw error;
      }
    }
  }

  private async learnNames(pageId: string, signal: AbortSignal): Promise<void> {
    for (const name of await this.way.namesAt(pageId, signal)) this.names.add(name);
    this.knownPage = pageId;
  }

  private forget(id: number): void {
    this.tasks.get(id)?.ending.abort();
    this.tasks.delete(id);
    this.tell(this.uploads.filter((upload) => upload.id !== id));
  }

  private change(id: number, state: Partial<Upload>): void {
    this.tell(this.uploads.map((upload) => (upload.id === id ? { ...upload, ...state } : upload)));
  }

  private tell(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}

/** The work's outcome, or a rejection once `signal` is aborted, however long the work goes on. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  return Promise.race([work, aborted]);
}
