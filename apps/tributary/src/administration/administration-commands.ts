import { addDemoSpace, demoSpaceKey, removeDemoSpace, type DemoLanguage } from '@tributary/demo-space';
import { Argument, Command, Option } from 'commander';
import type { RestClient } from './rest-client.js';
import {
  dash,
  rowsOf,
  type Caches,
  type Flushed,
  type Job,
  type Member,
  type List,
  type Mode,
  type Run,
  type Upgrade,
} from './answers.js';
import { OperatorError } from '../operator-error.js';
import { table } from '../table.js';

/** What every command here has: whom to ask, and whether to show the answer's JSON. */
export interface Asking {
  readonly client: (command: Command) => RestClient;
  readonly print: (text: string) => void;
  /** Adds `--data`, `--url` and `--json`. */
  readonly withOptions: (command: Command) => Command;
}

const cluster = 'tributary/1/cluster';
type Answer = [answer: unknown, text: string];

/** The commands that go through the REST API, as a system administrator. */
export function addAdministrationCommands(program: Command, asking: Asking): void {
  const define = (parent: Command, name: string, description: string, act: Act): Command =>
    asking
      .withOptions(parent.command(name))
      .description(description)
      .action(async (...given: unknown[]) => {
        const command = given.at(-1) as Command;
        const [answer, text] = await act(asking.client(command), command.processedArgs as string[], command.opts());
        asking.print(command.opts()['json'] ? JSON.stringify(answer, null, 2) : text);
      });
  addJobs(program, define);
  addCaches(program, define);
  addSite(program, define);
  addDemo(program, define);
}

type Act = (client: RestClient, args: string[], flags: Record<string, string | undefined>) => Promise<Answer>;
type Define = (parent: Command, name: string, description: string, act: Act) => Command;

function addJobs(program: Command, define: Define): void {
  const jobs = program
    .command('jobs')
    .description('Scheduled jobs: list, show, run, enable, disable, schedule, runs, cancel.');
  define(jobs, 'list', 'Every job with its next and last run.', async (client) => {
    const answer = await client.get<List<Job>>(`${cluster}/jobs`);
    const rows = answer.results.map(({ name, enabled, nextRunAt, lastRun, running }) => [
      name,
      enabled ? 'enabled' : 'disabled',
      dash(nextRunAt),
      lastRun ? `${lastRun.state} ${dash(lastRun.finishedAt)}` : '',
      String(running),
    ]);
    return [answer, table([['JOB', 'STATE', 'NEXT RUN', 'LAST RUN', 'RUNNING'], ...rows])];
  });
  define(jobs, 'show <job>', 'One job with its last runs.', async (client, [name = '']) => {
    const job = await client.get<Job & { runs: Run[] }>(`${cluster}/jobs/${encodeURIComponent(name)}`);
    return [
      job,
      [`${job.name}: ${job.description}`, `schedule ${JSON.stringify(job.schedule)}`, runsTable(job.runs)].join('\n'),
    ];
  });
  define(jobs, 'run <job>', 'One run now, also of a disabled job.', async (client, [name = '']) => {
    const run = await client.ask<Run>('POST', `${cluster}/jobs/${encodeURIComponent(name)}/run`);
    return [run, `${name} is due as run ${run.id}`];
  });
  const change = async (client: RestClient, name: string, body: unknown): Promise<Answer> => {
    const job = await client.ask<Job>('PUT', `${cluster}/jobs/${encodeURIComponent(name)}`, body);
    return [job, `${name} is ${job.enabled ? `enabled, next run ${dash(job.nextRunAt)}` : 'disabled'}`];
  };
  define(jobs, 'enable <job>', 'Let it run by its schedule again.', (client, [name = '']) =>
    change(client, name, { enabled: true }),
  );
  define(jobs, 'disable <job>', 'Run it only when asked for.', (client, [name = '']) =>
    change(client, name, { enabled: false }),
  );
  define(
    jobs,
    'schedule <job> [cron]',
    'Another schedule: cron with seconds, such as "0 30 3 * * *", or --every; without both the declared one.',
    (client, [name = '', cron], { every, timeZone = 'UTC' }) => {
      if (cron && every) throw new OperatorError('A schedule is either cron or --every, not both.');
      const interval = every ? { everyMillis: Number(every) * 1_000 } : null;
      return change(client, name, { schedule: cron ? { cron, timeZone } : interval });
    },
  )
    .option('--time-zone <zone>', 'time zone of the schedule', 'UTC')
    .option('--every <seconds>', 'an interval instead of cron');
  paged(
    define(jobs, 'runs [job]', 'Runs, newest first.', async (client, [job], flags) => {
      const answer = await client.get<List<Run>>(`${cluster}/runs?${windowOf(flags, job ? { job } : {})}`);
      return [answer, withRest(answer, runsTable(answer.results))];
    }),
  );
  define(jobs, 'cancel <run>', 'End a run that waits or is under way.', async (client, [id = '']) => {
    const run = await client.ask<Run>('DELETE', `${cluster}/runs/${encodeURIComponent(id)}`);
    return [run, `${id} is ${run.state === 'running' ? 'asked to end' : run.state}`];
  });
}

/** Adds the choice of a part of a long list. */
const paged = (command: Command): Command =>
  command.option('--start <n>', 'how many to leave out', '0').option('--limit <n>', 'how many to show', '25');

const windowOf = ({ start = '0', limit = '25' }: Record<string, string | undefined>, more: Record<string, string>) =>
  new URLSearchParams({ ...more, start, limit }).toString();

/** Says how to see on. */
const withRest = ({ results, start = 0, _links }: List<unknown>, text: string): string =>
  _links?.next ? `${text}\nThere are more: --start ${start + results.length}` : text;

const runsTable = (runs: readonly Run[]): string =>
  table([
    ['RUN', 'JOB', 'STATE', 'DUE', 'MILLIS', 'NODE', 'ERROR'],
    ...runs.map((run) => [
      run.id,
      run.job,
      run.state,
      run.dueAt,
      String(run.elapsedTime),
      dash(run.nodeId),
      dash(run.error),
    ]),
  ]);

function addCaches(program: Command, define: Define): void {
  const caches = program.command('caches').description('Near caches: list, flush.');
  define(caches, 'list', 'Each cache over all nodes.', async (client) => {
    const answer = await client.get<List<Caches>>(`${cluster}/caches`);
    const rows = answer.results.map((each) => [
      each.name,
      ...[each.entries, each.bytes, each.hits, each.misses, each.pins, each.evictions].map(String),
    ]);
    return [answer, table([['CACHE', 'ENTRIES', 'BYTES', 'HITS', 'MISSES', 'PINS', 'EVICTIONS'], ...rows])];
  });
  define(caches, 'flush [cache]', 'Empty one cache or all, on all nodes or one.', async (client, [name], { node }) => {
    const path = name ? `${cluster}/caches/${encodeURIComponent(name)}/flush` : `${cluster}/caches/flush`;
    const answer = await client.ask<Flushed>('POST', `${path}${node ? `?node=${encodeURIComponent(node)}` : ''}`);
    const failed = answer.failed.map(({ nodeId, reason }) => `${nodeId} did not: ${reason}`);
    return [
      answer,
      [...answer.flushed.map((each) => `${each.nodeId} ${each.name}: ${each.entries} entries`), ...failed].join('\n'),
    ];
  }).option('--node <node>', 'this node only');
}

function addSite(program: Command, define: Define): void {
  define(
    program,
    'members',
    'Every process as the cluster sees it, on whatever machine: state, lease, load, jobs, caches.',
    async (client) => {
      const answer = await client.get<List<Member>>(`${cluster}/nodes`);
      return [answer, table(rowsOf(answer.results))];
    },
  );
  define(
    program,
    'remove <node>',
    'Let a process anywhere in the cluster finish what it does, and end.',
    async (client, [id = '']) => {
      const node = await client.ask<{ state: string }>('POST', `${cluster}/nodes/${encodeURIComponent(id)}/remove`);
      return [node, `${id} is ${node.state}`];
    },
  );
  define(program, 'locks', 'Named locks that somebody holds.', async (client) => {
    const answer = await client.get<List<{ name: string; nodeId: string; token: number; since: string }>>(
      `${cluster}/locks`,
    );
    return [
      answer,
      table([
        ['LOCK', 'NODE', 'TOKEN', 'SINCE'],
        ...answer.results.map((each) => [each.name, each.nodeId, String(each.token), each.since]),
      ]),
    ];
  });
  paged(
    define(program, 'audit', 'What administrators did, newest first.', async (client, _, flags) => {
      const answer = await client.get<List<Record<string, string | null>>>(`${cluster}/audit?${windowOf(flags, {})}`);
      const columns = ['at', 'username', 'action', 'target', 'nodeId', 'outcome', 'reason'];
      const rows = answer.results.map((each) => columns.map((name) => dash(each[name])));
      return [answer, withRest(answer, table([columns.map((name) => name.toUpperCase()), ...rows]))];
    }),
  );
  define(
    program,
    'readonly',
    'Whether the site may be changed: show, on, off; and the banner.',
    async (client, [mode], { banner }) => {
      const change = {
        ...(mode ? { readOnly: mode === 'on' } : {}),
        ...(banner === undefined ? {} : { banner: banner || null }),
      };
      const asked = Object.keys(change).length > 0;
      const answer = asked
        ? await client.ask<Mode>('POST', `${cluster}/readonly`, change)
        : await client.get<Mode>(`${cluster}/readonly`);
      return [
        answer,
        `${answer.readOnly ? 'read-only' : 'read and write'}${answer.banner ? `, banner: ${answer.banner}` : ''}`,
      ];
    },
  )
    .addArgument(new Argument('[mode]').choices(['on', 'off']))
    .option('--banner <text>', 'a text on top of every page; empty takes it away');
  define(program, 'upgrade', 'A rolling upgrade: show, start, cancel, approve.', async (client, [action]) => {
    const answer = action
      ? await client.ask<Upgrade>('POST', `zdu/${action}`)
      : await client.get<Upgrade>('zdu/cluster');
    const versions = Map.groupBy(answer.nodes, ({ version }) => version);
    return [
      answer,
      [
        answer.state,
        ...[...versions].map(([version, nodes]) => `${version}: ${nodes.map(({ id }) => id).join(' ')}`),
      ].join('\n'),
    ];
  }).addArgument(new Argument('[action]').choices(['start', 'cancel', 'approve']));
}

function addDemo(program: Command, define: Define): void {
  const demo = program.command('demo-space').description('A small space that explains the wiki: add, remove.');
  define(demo, 'add', 'Make the space, in English or Japanese.', async (client, _, { language }) => {
    await addDemoSpace((method, path, body) => client.ask(method, path, body), language as DemoLanguage);
    return [{ key: demoSpaceKey }, `The space ${demoSpaceKey} is there: open /display/${demoSpaceKey}`];
  }).addOption(new Option('--language <language>', 'en or ja').choices(['en', 'ja']).default('en'));
  define(demo, 'remove', 'Delete the space with all that is in it.', async (client) => {
    const id = await removeDemoSpace((method, path, body) => client.ask(method, path, body));
    return [{ id }, `The space ${demoSpaceKey} is being deleted, as long task ${id}`];
  });
}
