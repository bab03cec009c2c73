import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { cancelRun, enableJob, jobRunsQuery, jobsQuery, runJob, type Job, type JobRun } from '../../rest/cluster';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { formatDuration } from '../format-figures';
import { Loaded } from '../loaded';
import { useClusterEvents } from './use-cluster-events';

/** Scheduled jobs of the whole cluster: when they are due, how they went, and running, disabling and enabling them. */
export function JobsScreen() {
  const { text, language } = useTexts();
  const jobs = useQuery(jobsQuery(language));
  useClusterEvents();
  useTitle(text('administration.jobs'));
  return (
    <main id="content" tabIndex={-1} className="screen" aria-busy={jobs.isPending}>
      <h1>{text('administration.jobs')}</h1>
      <Loaded query={jobs}>
        {(all) => (
          <ul className="cards">
            {all.map((job) => (
              <JobCard key={job.name} job={job} />
            ))}
          </ul>
        )}
      </Loaded>
    </main>
  );
}

const afterwards = <T,>(done: Promise<T>) => done.then(() => queryClient.invalidateQueries({ queryKey: ['cluster'] }));

function JobCard({ job }: { job: Job }) {
  const { text, date } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { lastRun } = job;
  return (
    <li className="card">
      <header>
        <h2>{job.description}</h2>
        {!job.enabled && <span className="lozenge state-draining">{text('jobs.disabled')}</span>}
        {job.running > 0 && <span className="lozenge">{text('jobs.state.running')}</span>}
      </header>
      <p className="hint">
        <code>{job.name}</code> · <Schedule job={job} />
      </p>
      <dl>
        <div>
          <dt>{text('jobs.next')}</dt>
          <dd>{job.enabled && job.nextRunAt ? date(job.nextRunAt) : '–'}</dd>
        </div>
        <div>
          <dt>{text('jobs.last')}</dt>
          <dd>{lastRun ? `${date(lastRun.dueAt)}: ${text(`jobs.state.${lastRun.state}`)}` : text('jobs.never')}</dd>
        </div>
      </dl>
      <p className="actions">
        <ActionButton label={text('jobs.run')} of={job.name} action={() => afterwards(runJob(job.name))} />
        <ActionButton
          label={text(job.enabled ? 'jobs.disable' : 'jobs.enable')}
          of={job.name}
          action={() => afterwards(enableJob(job.name, !job.enabled))}
        />
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text('jobs.history')}</summary>
        {isOpen && <History name={job.name} />}
      </details>
    </li>
  );
}

function Schedule({ job: { schedule } }: { job: Job }) {
  const { text, language } = useTexts();
  if (!schedule) return null;
  if ('everyMillis' in schedule) return text('jobs.every', { for: formatDuration(schedule.everyMillis, language) });
  return (
    <>
      <code>{schedule.cron}</code> {schedule.timeZone}
    </>
  );
}

function History({ name }: { name: string }) {
  const { text } = useTexts();
  const runs = useQuery(jobRunsQuery(name));
  return (
    <Loaded query={runs}>
      {(all) => (
        <ol className="rows">
          {all.length === 0 && <li>{text('jobs.never')}</li>}
          {all.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ol>
      )}
    </Loaded>
  );
}

function Run({ run }: { run: JobRun }) {
  const { text, date, language } = useTexts();
  const isOver = run.finishedAt !== null;
  return (
    <li>
      <span className={`lozenge run-${run.state}`}>{text(`jobs.state.${run.state}`)}</span>
      <time dateTime={run.dueAt}>{date(run.dueAt)}</time>
      <span>{text(`jobs.kind.${run.kind}`)}</span>
      <span>{formatDuration(run.elapsedTime, language)}</span>
      {run.nodeId && <span>{run.nodeId}</span>}
      {run.error && <span className="problem">{run.error}</span>}
      {!isOver && (
        <ActionButton label={text('app.cancel')} of={date(run.dueAt)} action={() => afterwards(cancelRun(run.id))} />
      )}
    </li>
  );
}
