import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { jobs } from '@tributary/contracts';
import type { MessagingClient } from '@tributary/messaging';
import { backoffMillis, idle, systemClock, type Logger } from '@tributary/platform';
import type { LedgerToken } from '../leadership/coordinator.js';
import type { Ledger, StartedRun } from './ledger.js';

/** How long the leader looks away at most: how late a run begins that nobody told it of. */
const lookMillisMax = 1_000;
/** Two steps in a row are so far apart, so that a burst of news costs few of them. */
const stepMillisMin = 100;
/** When a run that no copy took is offered again. */
const offerAgainMillis = 500;

export interface DispatcherOptions {
  readonly connection: NatsConnection;
  readonly messaging: MessagingClient;
  readonly ledger: Ledger;
  readonly logger: Logger;
  /** The token of this coordinator while it leads, by its own monotonic clock. */
  readonly leaderToken: () => LedgerToken | undefined;
}

/**
 * Moves the ledger on while this coordinator leads, and gives the runs that begin to copies of their owners.
 *
 * Not promised: that a message arrives. A run that no copy took is put back; one whose message or copy was lost is found by its missing
 * heartbeat. A database that is away stops jobs and nothing else: they are made up for by their misfire rules.
 */
export class Dispatcher {
  private readonly stopping = new AbortController();
  private readonly news: Subscription;
  private readonly offers = new Set<Promise<void>>();
  private readonly loop: Promise<void>;
  private wakeUp: () => void = () => undefined;
  private hasNews = false;

  constructor(private readonly options: DispatcherOptions) {
    this.news = options.connection.subscribe(jobs.ledgerChangedSubject, { callback: () => this.wake() });
    this.loop = this.run();
  }

  /** Begins nothing more; runs that were begun are with their owners or are put back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wakeUp();
    this.news.unsubscribe();
    await this.loop;
    await Promise.all(this.offers);
  }

  private wake(): void {
    this.hasNews = true;
    this.wakeUp();
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        const pauseMillis = await this.step();
        failures = 0;
        await this.pause(pauseMillis);
      } catch (error) {
        failures += 1;
        this.options.logger.warn({ err: error }, 'the ledger of jobs could not be moved on; trying again');
        await idle(backoffMillis(failures, 100, 5_000), this.stopping.signal);
      }
    }
  }

  /** Answers when to look again, in milliseconds. */
  private async step(): Promise<number> {
    this.hasNews = false;
    const { ledger, leaderToken } = this.options;
    if (leaderToken() === undefined) return systemClock.untilBeat(lookMillisMax);
    const outlook = await ledger.outlook();
    const token = leaderToken();
    if (outlook.isBusy && token !== undefined) {
      const started = await ledger.advance(token);
      if (started.length > 0) this.offerAll(started, token);
      // What waits for others to end is looked at again when they have told so.
      return started.length > 0 ? 0 : lookMillisMax;
    }
    return Math.min(outlook.nextMillis ?? Infinity, systemClock.untilBeat(lookMillisMax));
  }

  private offerAll(runs: readonly StartedRun[], token: LedgerToken): void {
    const offer = this.offer(runs, token)
      .catch((error: unknown) => this.options.logger.warn({ err: error }, 'runs could not be put back'))
      .finally(() => this.offers.delete(offer));
    this.offers.add(offer);
  }

  private async offer(runs: readonly StartedRun[], token: LedgerToken): Promise<void> {
    const refusals = await Promise.all(runs.map((run) => this.refusalOf(run)));
    const refused = runs.filter((_, index) => refusals[index] !== undefined);
    if (refused.length === 0) return;
    this.options.logger.debug({ refusals: refusals.filter(Boolean) }, 'no copy took some runs');
    await this.options.ledger.putBack(token, refused, offerAgainMillis);
  }

  /** Why no copy took the run; undefined when one did. */
  private async refusalOf({ service, ...run }: StartedRun): Promise<string | undefined> {
    try {
      const answer = await this.options.messaging.request(jobs.runJobOf(service), run);
      return answer.accepted ? undefined : `${run.job}: ${answer.reason ?? 'refused'}`;
    } catch (error) {
      return `${run.job}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** Ends earlier with news, but not before the next step may be. */
  private async pause(millis: number): Promise<void> {
    const stepAt = performance.now() + stepMillisMin;
    await new Promise<void>((resolve) => {
      const isSoon = this.hasNews || this.stopping.signal.aborted;
      let timer = setTimeout(resolve, isSoon ? stepMillisMin : Math.max(stepMillisMin, millis));
      this.wakeUp = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, Math.max(0, stepAt - performance.now()));
      };
    });
    this.wakeUp = () => undefined;
  }
}
