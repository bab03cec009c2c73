import type { jobs } from '@tributary/contracts';
import { translate } from './messages/translate.js';

type Locale = 'en' | 'ja';

const messageOf = (locale: Locale, key: string, args: jobs.JobMessage['args']) => ({
  key,
  args,
  translation: translate(locale, key, args),
});

/** What there is to say of a run: how far it came, and how it stands. */
function messagesOf(run: jobs.JobRun, locale: Locale) {
  const told = run.message ? [messageOf(locale, run.message.key, run.message.args)] : [];
  const args = run.state === 'failed' ? [run.error ?? ''] : [];
  return [...told, messageOf(locale, `jobs.${run.state}`, args)];
}

const finishedStates: readonly jobs.RunState[] = ['succeeded', 'failed', 'cancelled', 'skipped'];

/** A long task as Confluence shows it. */
export function presentTask(run: jobs.JobRun, locale: Locale) {
  const title = run.title ?? { key: run.job, args: [] };
  return {
    id: run.id,
    name: messageOf(locale, title.key, title.args),
    elapsedTime: Math.round(run.elapsedMillis),
    percentageComplete: Math.round(run.percentage),
    successful: run.state === 'succeeded',
    finished: finishedStates.includes(run.state),
    messages: messagesOf(run, locale),
  };
}

/** A run of a scheduled job, for administrators. */
export const presentRun = (run: jobs.JobRun, locale: Locale) => ({
  id: run.id,
  job: run.job,
  kind: run.kind,
  state: run.state,
  dueAt: run.dueAt,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  elapsedTime: Math.round(run.elapsedMillis),
  percentageComplete: Math.round(run.percentage),
  attempt: run.attempt,
  nodeId: run.nodeId,
  startedBy: run.startedBy,
  error: run.error,
  messages: messagesOf(run, locale),
});

export const presentJob = (job: jobs.Job, locale: Locale) => ({
  ...job,
  description: translate(locale, job.name) === job.name ? job.description : translate(locale, job.name),
  lastRun: job.lastRun && presentRun(job.lastRun, locale),
});
