import { until } from '@tributary/test-servers';
import { PublishingClient } from './publishing-client.js';

/** Before it sends anything, the client writes all bodies: a minute on a core of its own. */
const startMillisMax = 400_000;

/** The client publishing again and again, each time with another message, until it is told that it is enough. */
export class RepeatedPublication {
  /** The messages of the publications that ended well. */
  readonly messages: string[] = [];
  /** How often the client tried again, all publications together. */
  retries = 0;
  seconds = 0;
  output = '';
  private enough = false;
  private current: PublishingClient | undefined;
  private working: Promise<void> | undefined;
  private failure: unknown;

  constructor(private readonly startClient: (message: string) => Promise<PublishingClient>) {}

  start(): void {
    this.working = this.work();
    // Whoever waits for the next publication is told; `finish` throws it.
    this.working.catch((error: unknown) => (this.failure = error));
  }

  /** Waits until the client sends pages: what breaks then breaks in its midst. */
  async inItsMidst(): Promise<void> {
    await until(
      'the client to publish',
      () => {
        if (this.failure) throw this.failure;
        return Promise.resolve(this.current?.isPublishing ?? false);
      },
      startMillisMax,
    );
  }

  /** Lets the last publication come to its end; throws when any of them failed. */
  async finish(): Promise<void> {
    this.enough = true;
    await this.working;
  }

  async stop(): Promise<void> {
    this.enough = true;
    await this.current?.stop();
    await this.working?.catch(() => undefined);
  }

  private async work(): Promise<void> {
    do {
      const message = `Publication ${this.messages.length + 2}`;
      this.current = await this.startClient(message);
      this.seconds += await this.current.finish();
      this.retries += this.current.retries;
      this.output = this.current.output;
      this.messages.push(message);
    } while (!this.enough);
  }
}
