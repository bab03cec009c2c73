import type { jobs } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import type { z } from 'zod';

/** One run of a job, in the hands of this copy. */
export interface Run {
  readonly id: string;
  /** 1 the first time. */
  readonly attempt: number;
  readonly dueAt: Date;
  /** What a long task was started with. */
  readonly input: unknown;
  /** Aborts when the run is over for this copy: timeout, cancellation, a lease that ended, or another copy has it now. */
  readonly signal: AbortSignal;
  /** Tells how far it is, for those who watch; sent with the next heartbeat. `percentage` from 0 to 100. */
  progress(percentage: number, message?: z.input<typeof jobs.JobMessage>): void;
  /**
   * One step of long work, in a transaction of its own that is rolled back when another copy has the run. A run whose copy died
   * begins anew: a step must find out by its data what is left to do. At most as long as a transaction may take.
   */
  step<T>(change: (work: Work) => Promise<T>): Promise<T>;
  /**
   * The effect that happens once: the run's row becomes `succeeded` in the same transaction, or everything is rolled back. Last of
   * all; a run that returns without it succeeds without an effect.
   */
  commit<T>(effect: (work: Work) => Promise<T>): Promise<T>;
}

/** A job as its owner's code declares it, with what it does. `Context` is what the process gives to the work. */
export interface Job<Context> {
  readonly declaration: jobs.JobDeclaration;
  run(run: Run, context: Context): Promise<void>;
}

type Declared = Pick<jobs.JobDeclaration, 'name' | 'description' | 'schedule'> & Partial<jobs.JobDeclaration>;

/** Declares a job beside the code that does its work; without a schedule it is a long task. */
export function declareJob<Context>(declared: Declared, run: Job<Context>['run']): Job<Context> {
  const usual = { timeoutMillis: 3_600_000, misfire: 'once', concurrency: 1, attemptsMax: 5 } as const;
  return { declaration: { ...usual, ...declared }, run };
}

/**
 * Starts a long task as part of a write: it is there exactly when the write is committed. Returns its id for `GET /longtask/{id}`.
 * Needs no coordinator; one begins it as soon as there is one.
 */
export async function startTask<Context>(
  work: Work,
  { declaration }: Job<Context>,
  task: { input: unknown; title: z.input<typeof jobs.JobMessage>; startedBy: string | null },
): Promise<string> {
  const [row] = await work.query<{ id: string }>(`select cluster.start_task($1, $2, $3, $4) as id`, [
    declaration.name,
    JSON.stringify(task.input),
    JSON.stringify(task.title),
    task.startedBy,
  ]);
  if (!row) throw new Error('The ledger answered no id');
  return row.id;
}
