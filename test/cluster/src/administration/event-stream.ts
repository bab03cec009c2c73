import { until } from '@tributary/test-servers';

export interface Event {
  readonly name: string;
  readonly data: Record<string, unknown>;
  /** When it came, by this process's monotonic clock. */
  readonly at: number;
}

/** A stream of server-sent events that somebody listens to. */
export class EventStream {
  readonly events: Event[] = [];
  /** Lines that are no event: comments and `retry`. */
  readonly others: string[] = [];
  hasEnded = false;

  private constructor(
    readonly type: string | null,
    private readonly closing: AbortController,
  ) {}

  static async open(url: string, authorization: string): Promise<EventStream> {
    const closing = new AbortController();
    const answer = await fetch(url, { headers: { authorization }, signal: closing.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`No stream: ${answer.status} ${await answer.text()}`);
    const stream = new EventStream(answer.headers.get('content-type'), closing);
    void stream.read(answer.body).finally(() => (stream.hasEnded = true));
    return stream;
  }

  /** Until an event has come that is like this. */
  async sees(what: string, name: string, like: (data: Event['data']) => boolean): Promise<Event> {
    let found: Event | undefined;
    await until(what, async () => {
      found = this.events.find((event) => event.name === name && like(event.data));
      return found !== undefined;
    });
    return found as Event;
  }

  close(): void {
    this.closing.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const bytes of body) {
        const blocks = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      if (!this.closing.signal.aborted) throw error;
    }
  }

  private take(block: string): void {
    const name = /^event: (.+)$/m.exec(block)?.[1];
    const data = /^data: (.+)$/m.exec(block)?.[1];
    if (name && data) this.events.push({ name, data: JSON.parse(data) as Event['data'], at: performance.now() });
    else this.others.push(block);
  }
}
