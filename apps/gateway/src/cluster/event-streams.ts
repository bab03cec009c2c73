import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ClusterEvent } from '@tributary/cluster';
import { ServiceError, type administration } from '@tributary/contracts';

/** Streams of one gateway at the same time; each costs it a look at the cluster four times a second. */
const streamsMax = 50;
/** A stream on which nothing happens says so, before anybody between here and the browser thinks that it is dead. */
const commentMillis = 10_000;
/** When a browser whose stream has ended opens the next one. */
const retryMillis = 2_000;

export interface Watched {
  readonly known: readonly administration.ClusterNode[];
  /** What happens, until the signal aborts; one list a look. */
  readonly looks: (signal: AbortSignal) => AsyncIterable<ClusterEvent[]>;
  /** Whether who watches may still see it, and this gateway still serves. */
  readonly mayGoOn: () => Promise<boolean>;
}

/** Streams of server-sent events that this gateway has open. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly closing = new AbortController();
  private open = 0;

  onModuleDestroy(): void {
    this.closing.abort();
  }

  /** A stream of text; `tooManyRequests` when there are too many. */
  start(watched: Watched): Readable {
    if (this.open >= streamsMax) throw new ServiceError('tooManyRequests', 'Too many streams of events are open');
    this.open += 1;
    const stream = Readable.from(eventText(watched, this.closing.signal), { objectMode: false });
    stream.once('close', () => (this.open -= 1));
    return stream;
  }
}

/** The text of a stream: what is there, then what happens. Slow readers are told less often, never of everything later. */
async function* eventText({ known, looks, mayGoOn }: Watched, signal: AbortSignal): AsyncGenerator<string> {
  // Without ids a browser sends no Last-Event-ID: what happened while nobody listened is not told afterwards.
  yield `retry: ${retryMillis}\n: Nothing is repeated: after a gap the first event shows how it is\n\n`;
  yield eventOf('nodes', { nodes: known });
  let toldAt = performance.now();
  for await (const events of looks(signal)) {
    const isDue = performance.now() - toldAt >= commentMillis;
    if (events.length === 0 && !isDue) continue;
    if (!(await mayGoOn())) return;
    toldAt = performance.now();
    yield events.length === 0 ? ': still here\n\n' : events.map(textOf).join('');
  }
}

const eventOf = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

function textOf({ event, ...data }: ClusterEvent): string {
  if ('record' in data) return eventOf(event, data.record);
  return eventOf(event, 'alarm' in data ? data.alarm : data);
}
