import type { jobs } from '@tributary/contracts';
import type { Work, Writes } from '@tributary/database';
import type { z } from 'zod';
import type { Run } from './job.js';

/** Another copy has the run, or nobody: what this one would write comes too late. */
export class RunLostError extends Error {
  override readonly name = 'RunLostError';
  constructor(options?: ErrorOptions) {
    super('The run was given to another copy', options);
  }
}

/** SQLSTATE that the ledger raises when a token is not the newest. */
const lostState = 'TRJ01';

/**
 * A run while this copy holds it, under the token that it was given with.
 *
 * Guarantee: what `step` and `commit` change is committed only if the row still has this token and runs, in the same
 * transaction. So a copy that was paused, or cut off, changes nothing after the run was given away. Clocks: none.
 */
export class HeldRun implements Run {
  readonly id: string;
  readonly token: number;
  readonly attempt: number;
  readonly dueAt: Date;
  readonly input: unknown;
  readonly signal: AbortSignal;
  readonly progressed: { percentage: number; message: string | null } = { percentage: 0, message: null };
  isCommitted = false;
  /** From the beginning of the commit on; again false when it failed. */
  isCommitting = false;
  private readonly ending = new AbortController();

  constructor(
    run: jobs.DispatchedRun,
    private readonly nodeId: string,
    private readonly writes: Writes,
    private readonly holdsLease: () => boolean,
  ) {
    this.id = run.id;
    this.token = run.token;
    this.attempt = run.attempt;
    this.dueAt = new Date(run.dueAt);
    this.input = run.input;
    this.signal = this.ending.signal;
  }

  /** Ends the run for this copy. */
  abort(reason: Error): void {
    this.ending.abort(reason);
  }

  progress(percentage: number, message?: z.input<typeof jobs.JobMessage>): void {
    this.progressed.percentage = Math.min(100, Math.max(0, percentage));
    if (message) this.progressed.message = JSON.stringify(message);
  }

  step<T>(change: (work: Work) => Promise<T>): Promise<T> {
    return this.fenced(change, (work) =>
      work.query(`select cluster.hold_run($1, $2, $3, $4, $5)`, [
        this.id,
        this.token,
        this.nodeId,
        this.progressed.percentage,
        this.progressed.message,
      ]),
    );
  }

  async commit<T>(effect: (work: Work) => Promise<T>): Promise<T> {
    if (this.isCommitted) throw new Error('A run commits once');
    const { id, token, nodeId, progressed } = this;
    this.isCommitting = true;
    try {
      const outcome = await this.fenced(effect, (work) =>
        work.query(`select cluster.finish_run($1, $2, $3, $4)`, [id, token, nodeId, progressed.message]),
      );
      this.isCommitted = true;
      return outcome;
    } finally {
      this.isCommitting = this.isCommitted;
    }
  }

  /** The row is locked last: heartbeats and the leader pass by a locked row, and it shall not be locked for long. */
  private async fenced<T>(change: (work: Work) => Promise<T>, claim: (work: Work) => Promise<unknown>): Promise<T> {
    this.signal.throwIfAborted();
    try {
      return await this.writes.run(async (work) => {
        const outcome = await change(work);
        if (!this.holdsLease()) throw new RunLostError();
        await claim(work);
        return outcome;
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === lostState) throw new RunLostError({ cause: error });
      throw error;
    }
  }
}
