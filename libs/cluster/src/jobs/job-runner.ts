import type { NatsConnection } from '@nats-io/transport-node';
import { jobs, ServiceError, type ServiceName } from '@tributary/contracts';
import type { Reads, Writes } from '@tributary/database';
import type { MessagingClient } from '@tributary/messaging';
import { backoffMillis, idle, sleep, systemClock, type Logger, type ServiceConfig } from '@tributary/platform';
import type { ClusterMember } from '../member.js';
import { HeldRun, RunLostError } from './held-run.js';
import type { Job } from './job.js';

/** Runs that one process works on at the same time; more are offered to other copies, or later. Most wait for the database. */
const runsMax = 100;
/** How long a process that stops lets its runs come to their end before it gives them back. */
const finishMillis = 2_000;
/** Jobs are declared again, so that the ledger knows that their owner is still there. */
const declareAgainMillis = 600_000;
/** How many leases without a heartbeat the coordinator waits before it gives a run to another copy. */
export const silentLeases = 2;

export interface JobRunnerOptions<Context> {
  readonly service: ServiceName;
  readonly jobs: readonly Job<Context>[];
  readonly context: Context;
  readonly connection: NatsConnection;
  readonly messaging: MessagingClient;
  readonly member: Pick<ClusterMember, 'holdsLease'>;
  readonly reads: Reads;
  readonly writes: Writes;
  readonly config: Pick<ServiceConfig, 'nodeId' | 'leaseMillis' | 'renewMillis'>;
  readonly logger: Logger;
}

/** The process stops: its runs go to other copies, and that counts as no attempt. */
class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

interface UnderWay {
  readonly run: HeldRun;
  readonly done: Promise<void>;
}

/**
 * Declares the jobs of a service and runs what the leader gives to this copy.
 *
 * Guarantee: a run stops here when its heartbeats fail for as long as the leader waits for them, when the member's lease is over, or
 * when the ledger says that another copy has it; and whatever it does later is refused by its token. Clocks: the process's
 * monotonic one. Not promised: that a run ends at once, its code has to look at the signal.
 */
export class JobRunner<Context> {
  private readonly underWay = new Map<string, UnderWay>();
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[];
  private lastBeatAt = performance.now();
  private isLeaving = false;

  constructor(private readonly options: JobRunnerOptions<Context>) {
    this.loops = [this.declare(), this.beat()];
  }

  /** Takes a run that the leader offers, and answers before it has begun. */
  accept(offered: jobs.DispatchedRun): { accepted: boolean; nodeId: string; reason?: string } {
    const { nodeId } = this.options.config;
    const job = this.options.jobs.find(({ declaration }) => declaration.name === offered.job);
    const reason = this.refusal(job);
    if (!job || reason) return { accepted: false, nodeId, reason };
    const run = new HeldRun(offered, nodeId, this.options.writes, () => this.options.member.holdsLease());
    if (this.underWay.size === 0) this.lastBeatAt = performance.now();
    const done = this.carryOut(job, run, offered.timeoutMillis).finally(() => this.underWay.delete(keyOf(run)));
    this.underWay.set(keyOf(run), { run, done });
    return { accepted: true, nodeId };
  }

  /** Lets short runs finish, gives the others back. */
  async stop(): Promise<void> {
    this.isLeaving = true;
    const ends = [...this.underWay.values()].map(({ done }) => done);
    await Promise.race([Promise.all(ends), sleep(finishMillis, this.stopping.signal)]);
    for (const { run } of this.underWay.values()) run.abort(new StoppingError('The process stops'));
    await Promise.all(ends);
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private refusal(job: Job<Context> | undefined): string | undefined {
    if (!job) return 'this copy does not know the job';
    if (this.isLeaving) return 'this copy stops';
    if (!this.options.member.holdsLease()) return 'this copy holds no lease';
    return this.underWay.size >= runsMax ? 'this copy has enough to do' : undefined;
  }

  private async carryOut(job: Job<Context>, run: HeldRun, timeoutMillis: number): Promise<void> {
    const timer = setTimeout(() => run.abort(new Error(`It took longer than ${timeoutMillis} ms`)), timeoutMillis);
    try {
      const work = job.run(run, this.options.context).then(async () => {
        if (!run.isCommitted) await run.commit(async () => undefined);
      });
      await Promise.race([work, aborted(run.signal)]);
    } catch (error) {
      await this.settle(run, job.declaration.name, error);
    } finally {
      clearTimeout(timer);
      this.options.connection.publish(jobs.ledgerChangedSubject);
    }
  }

  /** Tells the ledger how an attempt ended without an effect. When it can't be told, the leader finds it out. */
  private async settle(run: HeldRun, job: string, error: unknown): Promise<void> {
    const { reads, logger } = this.options;
    // After its commit a run has nothing left to be undone: what fails then is only worth a line.
    logger.warn({ err: error, job, run: run.id, attempt: run.attempt }, 'a run of a job ended early');
    if (error instanceof RunLostError || run.isCommitted) return;
    try {
      if (error instanceof StoppingError) await reads.query(`select cluster.release_run($1, $2)`, [run.id, run.token]);
      else await reads.query(`select cluster.fail_run($1, $2, $3)`, [run.id, run.token, reasonOf(error)]);
    } catch (cause) {
      logger.warn({ err: cause, job, run: run.id }, 'the end of a run could not be told');
    }
    run.abort(new RunLostError());
  }

  private async beat(): Promise<void> {
    const { renewMillis, leaseMillis } = this.options.config;
    while (!this.stopping.signal.aborted) {
      await idle(systemClock.untilBeat(renewMillis), this.stopping.signal);
      if (this.underWay.size === 0) continue;
      if (!this.options.member.holdsLease()) {
        this.abortAll(new Error("The member's lease is over"));
        continue;
      }
      const sentAt = performance.now();
      try {
        await this.beatOnce();
        this.lastBeatAt = sentAt;
      } catch (error) {
        this.options.logger.debug({ err: error }, 'the heartbeat of runs failed');
      }
      if (performance.now() - this.lastBeatAt > silentLeases * leaseMillis) this.abortAll(new RunLostError());
    }
  }

  private async beatOnce(): Promise<void> {
    const runs = [...this.underWay.values()].map(({ run }) => run);
    const held = await this.options.reads.query<{ id: string; cancel: boolean }>(
      `select run_id as id, cancel from cluster.heartbeat($1, $2, $3, $4, $5)`,
      [
        this.options.config.nodeId,
        runs.map((run) => run.id),
        runs.map((run) => run.token),
        runs.map((run) => run.progressed.percentage),
        runs.map((run) => run.progressed.message),
      ],
    );
    const stateOf = new Map(held.map((row) => [row.id, row]));
    for (const run of runs) {
      const state = stateOf.get(run.id);
      // One that is ending itself at this moment may have ended already.
      if (!state && !run.isCommitting) run.abort(new RunLostError());
      if (state?.cancel) run.abort(new Error('It was cancelled'));
    }
  }

  private abortAll(reason: Error): void {
    for (const { run } of this.underWay.values()) run.abort(reason);
  }

  private async declare(): Promise<void> {
    const { service, messaging, logger } = this.options;
    const declared = this.options.jobs.map(({ declaration }) => declaration);
    for (let failures = 0; declared.length > 0 && !this.stopping.signal.aborted;) {
      try {
        await messaging.request(jobs.declareJobs, { service, jobs: declared }, { signal: this.stopping.signal });
        failures = 0;
      } catch (error) {
        failures += 1;
        // A coordinator that isn't there yet is nothing to speak of; a declaration that is refused is a defect.
        const level = error instanceof ServiceError && error.code === 'badRequest' ? 'error' : 'debug';
        if (!this.stopping.signal.aborted)
          logger[level]({ err: error }, 'the jobs could not be declared; trying again');
      }
      const pauseMillis = failures === 0 ? declareAgainMillis : backoffMillis(failures, 200, 5_000);
      await idle(pauseMillis, this.stopping.signal);
    }
  }
}

/** A run that was taken from this copy and given to it again is another one. */
const keyOf = (run: HeldRun): string => `${run.id} ${run.token}`;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
