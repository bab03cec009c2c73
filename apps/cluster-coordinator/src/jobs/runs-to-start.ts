import type { jobs } from '@tributary/contracts';

/** A run that waits. */
export interface WaitingRun {
  readonly id: string;
  readonly kind: jobs.JobRun['kind'];
  readonly dueAt: Date;
  /** How often it was begun already. */
  readonly attempt: number;
}

/** What of a job decides. */
export interface JobLoad {
  readonly misfire: jobs.MisfireRule;
  readonly concurrency: number;
  readonly running: number;
}

/**
 * Which waiting runs of one job begin now, and which never will. Pure.
 *
 * A due time is missed when its run could not begin within the grace, whatever the reason: nobody led, no copy of the owner was
 * there, or runs before it still go on. The misfire rule speaks of missed ones only, and never of a run that had begun once, or
 * that a person asked for. The others begin in the order of their due times, as far as `concurrency` lets them.
 */
export function decide(
  load: JobLoad,
  waiting: readonly WaitingRun[],
  now: Date,
  graceMillis: number,
): { start: string[]; skip: string[] } {
  const inOrder = waiting.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  const isFresh = (run: WaitingRun): boolean => run.kind === 'scheduled' && run.attempt === 0;
  const isMissed = (run: WaitingRun): boolean => isFresh(run) && run.dueAt.getTime() < now.getTime() - graceMillis;
  const latest = inOrder.findLast(isFresh);
  const isSkipped = (run: WaitingRun): boolean => {
    if (load.misfire === 'all' || !isMissed(run)) return false;
    return load.misfire === 'skip' || run !== latest;
  };
  const free = Math.max(0, load.concurrency - load.running);
  return {
    skip: inOrder.filter(isSkipped).map((run) => run.id),
    start: inOrder
      .filter((run) => !isSkipped(run))
      .slice(0, free)
      .map((run) => run.id),
  };
}
