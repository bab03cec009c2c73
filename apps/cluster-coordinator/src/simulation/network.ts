import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';
import type { SimulatedProcess } from './simulated-process.js';

interface Subscriber {
  readonly process: SimulatedProcess;
  readonly take: (message: Msg) => void;
}

const decoder = new TextDecoder();
const newWords = /"(takesConfirmations|confirms|confirmsToWriters)":/;

/** How much of what comes to a process is lost, from 0 to 1: messages, those of them that tell who leads, the bucket's answers. */
export interface Loss {
  readonly messages: number;
  readonly views: number;
  readonly leases: number;
}

/** Messages between processes: mostly soon, sometimes late, twice or never, by the chances of the moment. */
export class Network {
  /** How bad it is at this moment, from 0 (all arrive, soon) to 1. */
  trouble = 0;
  private readonly lastOf = new Map<string, string>();
  private readonly losses = new Map<SimulatedProcess, Loss>();
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  /** Coordinators of the version before the directory: they don't say that they keep one, and hear no listings. */
  readonly withoutDirectory = new Set<SimulatedProcess>();
  /** Processes of the version before members confirmed to writers: nobody asks it of them, nor do they ask. */
  readonly withoutConfirmingToWriters = new Set<SimulatedProcess>();
  /** How much of what was said they don't know. */
  leftOut = 0;
  /** Nothing that members confirm to writers arrives. */
  losesConfirmationsToWriters = false;

  constructor(private readonly lateMillisMax: number) {}

  /** How long something takes on its way for this process; undefined when it is lost. */
  delay({ chances }: SimulatedProcess): number | undefined {
    if (chances.happens(0.4 * this.trouble)) return undefined;
    if (chances.happens(0.004 + 0.3 * this.trouble)) return chances.between(0, this.lateMillisMax);
    return chances.between(0.1, 2);
  }

  /** A process hears less than others for a while. */
  cut(process: SimulatedProcess, loss: Loss, millis: number): void {
    this.losses.set(process, loss);
    process.timeline.after(millis, () => {
      if (this.losses.get(process) === loss) this.losses.delete(process);
    });
  }

  loses(process: SimulatedProcess, what: keyof Loss): boolean {
    const loss = this.losses.get(process);
    return loss !== undefined && process.chances.happens(loss[what]);
  }

  /** The last message of a subject comes once more to all who listen, late. */
  echo(subject: string, delayMillis: number): void {
    const text = this.lastOf.get(subject);
    for (const subscriber of (text && this.subscribers.get(subject)) || [])
      subscriber.process.timeline.after(delayMillis, () =>
        subscriber.process.run(() => subscriber.take(messageOf(text ?? ''))),
      );
  }

  /** What the code takes for its connection to NATS. */
  connect(process: SimulatedProcess): NatsConnection {
    const connection = {
      isClosed: () => false,
      publish: (subject: string, payload: Uint8Array) => this.publish(process, subject, payload),
      subscribe: (subject: string, { callback }: { callback: (error: null, message: Msg) => void }) => {
        const subscriber: Subscriber = { process, take: (message) => callback(null, message) };
        const all = this.subscribers.get(subject) ?? new Set();
        this.subscribers.set(subject, all.add(subscriber));
        return { unsubscribe: () => all.delete(subscriber) };
      },
    };
    return connection as unknown as NatsConnection;
  }

  /** What is said by or to a process, without what its version doesn't know. */
  known(process: SimulatedProcess, text: string): string {
    const withoutLists = this.withoutDirectory.has(process) ? text.replace('"lists":true', '"lists":false') : text;
    if (!this.withoutConfirmingToWriters.has(process) || !newWords.test(withoutLists)) return withoutLists;
    const { takesConfirmations, confirms, confirmsToWriters, ...known } = JSON.parse(withoutLists) as Record<
      string,
      unknown
    >;
    if (takesConfirmations || confirms || confirmsToWriters) this.leftOut += 1;
    return JSON.stringify(known);
  }

  private publish(from: SimulatedProcess, subject: string, payload: Uint8Array): void {
    const text = this.known(from, decoder.decode(payload));
    this.lastOf.set(subject, text);
    for (const subscriber of this.subscribers.get(subject) ?? []) {
      this.deliver(from, subject, subscriber, text, this.delay(from));
      // A second copy comes when nobody thinks of it any more.
      if (from.chances.happens(0.05))
        this.deliver(from, subject, subscriber, text, from.chances.between(0, 2 * this.lateMillisMax));
    }
  }

  private deliver(
    from: SimulatedProcess,
    subject: string,
    subscriber: Subscriber,
    text: string,
    delay: number | undefined,
  ): void {
    if (subject === cluster.subjects.listing && this.withoutDirectory.has(subscriber.process)) return;
    if (this.losesConfirmationsToWriters && subject === cluster.subjects.confirmedToWriter(subscriber.process.name))
      return;
    if (delay === undefined || this.loses(subscriber.process, subject === cluster.subjects.view ? 'views' : 'messages'))
      return;
    from.timeline.after(delay, () =>
      subscriber.process.run(() => {
        if (!this.subscribers.get(subject)?.has(subscriber)) return;
        subscriber.take(messageOf(this.known(subscriber.process, text)));
      }),
    );
  }
}

const messageOf = (text: string): Msg => ({ json: () => JSON.parse(text) as unknown }) as Msg;
