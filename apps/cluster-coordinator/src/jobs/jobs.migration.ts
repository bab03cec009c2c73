import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger of jobs and their runs. What owners of jobs do to their runs they do through this migration's functions, in their
 * own transactions: so an effect and the end of its run are committed together or not at all. Names are qualified, because
 * those who call have another search path.
 */
export class Jobs1732400400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...functions]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [
      'start_task',
      'release_run',
      'fail_run',
      'finish_run',
      'hold_run',
      'heartbeat',
      'leader_fence',
    ]) {
      await runner.query(`drop function cluster.${name}`);
    }
    for (const table of ['job_run', 'job', 'leader']) await runner.query(`drop table cluster.${table}`);
  }
}

const tables = [
  `create table cluster.leader (is_only boolean primary key default true check (is_only), store bigint not null, token bigint not null)`,
  `insert into cluster.leader (store, token) values (0, 0)`,
  // `schedule` is an administrator's; null leaves the declared one in force. `next_due_at` is the first due time without a row.
  `create table cluster.job (
    name text primary key,
    service text not null,
    description text not null,
    declared_schedule jsonb,
    schedule jsonb,
    timeout_millis bigint not null,
    misfire text not null check (misfire in ('skip', 'once', 'all')),
    concurrency integer not null,
    attempts_max integer not null,
    enabled boolean not null default true,
    next_due_at timestamptz,
    declared_at timestamptz not null default now()
  )`,
  `create index job_next on cluster.job (next_due_at) where enabled`,
  `create table cluster.job_run (
    id uuid primary key default gen_random_uuid(),
    job text not null references cluster.job on delete cascade,
    kind text not null check (kind in ('scheduled', 'manual', 'task')),
    due_at timestamptz not null,
    not_before timestamptz not null,
    state text not null default 'due' check (state in ('due', 'running', 'succeeded', 'failed', 'cancelled', 'skipped')),
    attempt integer not null default 0,
    token bigint not null default 0,
    node_id text,
    input jsonb,
    title jsonb,
    started_by text,
    started_at timestamptz,
    heartbeat_at timestamptz,
    finished_at timestamptz,
    percentage real not null default 0,
    message jsonb,
    error text,
    cancel_requested boolean not null default false
  )`,
  `create unique index job_run_due_time on cluster.job_run (job, due_at) where kind = 'scheduled'`,
  `create index job_run_waiting on cluster.job_run (not_before) where state = 'due'`,
  `create index job_run_under_way on cluster.job_run (job, heartbeat_at) where state = 'running'`,
  `create index job_run_of_job on cluster.job_run (job, due_at desc)`,
  `create index job_run_task on cluster.job_run (due_at desc) where kind = 'task'`,
  `create index job_run_finished on cluster.job_run (finished_at) where finished_at is not null`,
];

/** What `hold_run`, `finish_run` and `heartbeat` have in common: only who was given the run last may touch it. */
const held = `r.id = run_id and r.token = run_token and r.state = 'running'`;

const functions = [
  // Refuses a coordinator that has been replaced. The lock lasts to the end of the transaction: a newer one waits for it.
  `create function cluster.leader_fence(leader_store bigint, leader_token bigint) returns void language plpgsql as $$
  begin
    update cluster.leader set store = leader_store, token = leader_token
      where (store, token) < (leader_store, leader_token);
    if found then return; end if;
    perform 1 from cluster.leader where store = leader_store and token = leader_token for share;
    if not found then raise exception 'a newer coordinator leads' using errcode = 'TRL01'; end if;
  end $$`,
  // A row that is locked is being ended by its own owner at this moment, or taken away: neither needs to be waited for.
  `create function cluster.heartbeat(node text, ids uuid[], tokens bigint[], percentages real[], messages jsonb[])
  returns table (run_id uuid, cancel boolean) language plpgsql as $$
  begin
    with beat as (select * from unnest(ids, tokens, percentages, messages) as b(id, token, percentage, message)),
      alive as (
        select b.* from beat b join cluster.job_run r on r.id = b.id and r.token = b.token and r.state = 'running'
        for update of r skip locked)
    update cluster.job_run r
      set heartbeat_at = clock_timestamp(), node_id = node, percentage = a.percentage, message = coalesce(a.message, r.message)
      from alive a where r.id = a.id;
    return query
      select r.id, r.cancel_requested from unnest(ids, tokens) as b(id, token)
      join cluster.job_run r on r.id = b.id and r.token = b.token and r.state = 'running';
  end $$`,
  `create function cluster.hold_run(run_id uuid, run_token bigint, node text, done real, told jsonb)
  returns void language plpgsql as $$
  begin
    update cluster.job_run r
      set heartbeat_at = clock_timestamp(), node_id = node, percentage = done, message = coalesce(told, r.message)
      where ${held};
    if not found then raise exception 'the run was given to another copy' using errcode = 'TRJ01'; end if;
  end $$`,
  `create function cluster.finish_run(run_id uuid, run_token bigint, node text, told jsonb)
  returns void language plpgsql as $$
  begin
    update cluster.job_run r
      set state = 'succeeded', finished_at = clock_timestamp(), node_id = node, percentage = 100, error = null,
        message = coalesce(told, r.message)
      where ${held};
    if not found then raise exception 'the run was given to another copy' using errcode = 'TRJ01'; end if;
  end $$`,
  // The end of an attempt without an effect: again later, or for good.
  `create function cluster.fail_run(run_id uuid, run_token bigint, reason text) returns void language sql as $$
    update cluster.job_run r set
      state = case when r.cancel_requested then 'cancelled' when r.attempt >= j.attempts_max then 'failed' else 'due' end,
      finished_at = case when r.cancel_requested or r.attempt >= j.attempts_max then clock_timestamp() end,
      not_before = clock_timestamp() + make_interval(secs => least(60, power(2, least(r.attempt, 7)) / 2)),
      error = case when r.cancel_requested then null else left(reason, 1000) end
    from cluster.job j where j.name = r.job and ${held}
  $$`,
  // A copy that stops gives back what it holds: that is no attempt.
  `create function cluster.release_run(run_id uuid, run_token bigint) returns void language sql as $$
    update cluster.job_run r set
      state = case when r.cancel_requested then 'cancelled' else 'due' end,
      finished_at = case when r.cancel_requested then clock_timestamp() end,
      attempt = r.attempt - 1, not_before = clock_timestamp(), node_id = null
    where ${held}
  $$`,
  `create function cluster.start_task(job_name text, task_input jsonb, task_title jsonb, user_key text)
  returns uuid language plpgsql as $$
  declare made uuid;
  begin
    insert into cluster.job_run (job, kind, due_at, not_before, input, title, started_by)
      select name, 'task', clock_timestamp(), clock_timestamp(), task_input, task_title, user_key
      from cluster.job where name = job_name
      returning id into made;
    if made is null then raise exception 'the task % is not declared yet', job_name using errcode = 'TRJ02'; end if;
    return made;
  end $$`,
];
