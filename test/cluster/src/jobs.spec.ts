import { randomBytes } from 'node:crypto';
import { access, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import { JobWiki, jobsPath, patienceMillis } from './jobs/job-wiki.js';
import { Somebody } from './leaks/client.js';

/** The real jobs of a whole cluster. */
let wiki: JobWiki;
beforeAll(async () => {
  wiki = await JobWiki.start();
}, 120_000);
afterAll(() => wiki.stop(), 60_000);

describe('the list of jobs', () => {
  it('names every scheduled job of every service with its next run, to system administrators only', async () => {
    const { results } = await wiki.get<{ results: { name: string; nextRunAt: string; enabled: boolean }[] }>(jobsPath);
    expect(results.map((job) => job.name)).toEqual(
      expect.arrayContaining([
        'attachments.orphaned-objects',
        'cluster-coordinator.cache-audit',
        'cluster-coordinator.cluster-safety-check',
        'cluster-coordinator.old-audit-records',
        'cluster-coordinator.old-job-runs',
        'identity.expired-credentials',
        'pages.link-index',
        'pages.orphaned-drafts',
        'pages.trash-retention',
        'search.index-consistency',
      ]),
    );
    for (const job of results)
      expect([job.name, job.enabled, Date.parse(job.nextRunAt) > 0]).toEqual([job.name, true, true]);
    const name = 'pages.trash-retention';
    for (const [method, path, body] of [
      ['GET', jobsPath],
      ['GET', `${jobsPath}/${name}`],
      ['POST', `${jobsPath}/${name}/run`],
      ['PUT', `${jobsPath}/${name}`, { enabled: false }],
      ['GET', '/rest/tributary/1/cluster/runs'],
    ] as const) {
      expect([path, (await wiki.nobody.ask(wiki.cluster.url, path, { method, body })).status]).toEqual([path, 403]);
      expect((await Somebody.anonymous.ask(wiki.cluster.url, path, { method, body })).status).toBeGreaterThanOrEqual(
        401,
      );
    }
  });

  it('changes a schedule, disables and brings back, and refuses what makes no sense', async () => {
    const path = `${jobsPath}/pages.trash-retention`;
    const put = (body: unknown) => wiki.admin.ask(wiki.cluster.url, path, { method: 'PUT', body });
    const schedule = { cron: '0 15 4 * * *', timeZone: 'Asia/Tokyo' };
    expect(JSON.parse((await put({ schedule, enabled: false })).text)).toMatchObject({
      schedule,
      enabled: false,
      nextRunAt: null,
    });
    expect(JSON.parse((await put({ schedule: null, enabled: true })).text)).toMatchObject({
      schedule: { cron: '0 10 3 * * *', timeZone: 'UTC' },
      enabled: true,
    });
    for (const wrong of [
      { schedule: { cron: '61 0 0 * * *', timeZone: 'UTC' } },
      { schedule: { cron: '0 0 0 31 2 *', timeZone: 'UTC' } },
      { schedule: { cron: '0 0 3 * * *', timeZone: 'Mars' } },
      { schedule: 'daily' },
      { schedule: { everyMillis: 1 } },
      { enabled: 'no' },
    ]) {
      expect([wrong, (await put(wrong)).status]).toEqual([wrong, 400]);
    }
    expect(await wiki.statusOf(`${jobsPath}/pages.unknown`)).toBe(404);
    expect(await wiki.statusOf(`${jobsPath}/..%2f`)).toBe(400);
  });
});

describe('retention', () => {
  it('purges what has been in the trash for long, and nothing else', async () => {
    const key = await wiki.createSpace();
    const [old, recent, current] = [await wiki.createPage(key), await wiki.createPage(key), await wiki.createPage(key)];
    for (const id of [old, recent]) await wiki.admin.do(wiki.cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await wiki.rows(`update pages.content set trashed_at = now() - interval '91 days' where id = $1`, [old]);
    expect(await wiki.runJob('pages.trash-retention')).toMatchObject({ state: 'succeeded' });
    const left = await wiki.rows<{ id: string }>(
      `select id from pages.content where id = any($1::bigint[]) order by id`,
      [[old, recent, current]],
    );
    expect(left.map((row) => row.id)).toEqual([recent, current]);
  });

  it('counts anew for what was restored and trashed again', async () => {
    const id = await wiki.createPage(await wiki.createSpace());
    await wiki.admin.do(wiki.cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await wiki.rows(`update pages.content set trashed_at = now() - interval '91 days' where id = $1`, [id]);
    const { title } = await wiki.get<{ title: string }>(`/rest/api/content/${id}?status=trashed`);
    await wiki.admin.do(wiki.cluster.url, 'PUT', `/rest/api/content/${id}`, {
      type: 'page',
      title,
      status: 'current',
      version: { number: 2 },
    });
    await wiki.admin.do(wiki.cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await wiki.runJob('pages.trash-retention');
    expect(await wiki.rows(`select 1 from pages.content where id = $1`, [id])).toHaveLength(1);
  });

  it('removes drafts that nobody has touched for long', async () => {
    const key = await wiki.createSpace();
    const [old, recent] = [
      await wiki.createPage(key, { status: 'draft' }),
      await wiki.createPage(key, { status: 'draft' }),
    ];
    await wiki.rows(`update pages.content_version set changed_at = now() - interval '366 days' where content_id = $1`, [
      old,
    ]);
    expect(await wiki.runJob('pages.orphaned-drafts')).toMatchObject({ state: 'succeeded' });
    const left = await wiki.rows(`select id from pages.content where id = any($1::bigint[])`, [[old, recent]]);
    expect(left).toEqual([{ id: recent }]);
  });

  it('removes drafts of published pages that nobody has touched for long', async () => {
    const key = await wiki.createSpace();
    const [old, recent] = [await wiki.createPage(key), await wiki.createPage(key)];
    for (const id of [old, recent])
      await wiki.admin.do(wiki.cluster.url, 'PUT', `/rest/tributary/1/drafts/${id}`, {
        session: 'session-of-a-job',
        title: 'Changed',
        version: 1,
        body: { storage: { value: '<p>x</p>', representation: 'storage' } },
      });
    await wiki.rows(`update pages.draft set saved_at = now() - interval '366 days' where content_id = $1`, [old]);
    expect(await wiki.runJob('pages.orphaned-drafts')).toMatchObject({ state: 'succeeded' });
    const left = await wiki.rows(`select content_id as id from pages.draft where content_id = any($1::bigint[])`, [
      [old, recent],
    ]);
    expect(left).toEqual([{ id: recent }]);
  });

  it('notes links that an older copy of the service has written', async () => {
    const key = await wiki.createSpace();
    const target = await wiki.createPage(key);
    const body = `<p><ac:link><ri:content-entity ri:content-id="${target}" /></ac:link></p>`;
    const linking = await wiki.createPage(key, { body: { storage: { value: body, representation: 'storage' } } });
    const incoming = async () =>
      (await wiki.get<{ results: { id: string }[] }>(`/rest/tributary/1/content/${target}/incoming-links`)).results;
    await wiki.rows(`update pages.content set links = null, links_version = 0 where id = any($1::bigint[])`, [
      [target, linking],
    ]);
    expect(await incoming()).toEqual([]);
    expect(await wiki.runJob('pages.link-index')).toMatchObject({ state: 'succeeded' });
    expect((await incoming()).map(({ id }) => id)).toEqual([linking]);
    expect(await wiki.rows(`select id from pages.content where links_version <> version`, [])).toEqual([]);
  });

  it('removes sessions that are over, and tokens that expired long ago', async () => {
    const mark = randomBytes(6).toString('hex');
    await wiki.rows(
      `insert into identity.session (digest, user_key, expires_at) select $1 || name, user_key, now() + age::interval
       from identity.account, (values ('over', '-1 minute'), ('open', '1 hour')) v(name, age) where username = 'admin'`,
      [mark],
    );
    await wiki.rows(
      `insert into identity.access_token (digest, user_key, name, expires_at) select $1 || age, user_key, $1 || age, now() + age::interval
       from identity.account, (values ('-31 days'), ('-29 days'), ('1 day'), (null)) v(age) where username = 'admin' and age is not null`,
      [mark],
    );
    expect(await wiki.runJob('identity.expired-credentials')).toMatchObject({ state: 'succeeded' });
    const sessions = await wiki.rows(
      `select replace(digest, $1, '') as name from identity.session where digest like $1 || '%'`,
      [mark],
    );
    expect(sessions).toEqual([{ name: 'open' }]);
    const tokens = await wiki.rows<{ name: string }>(
      `select replace(name, $1, '') as name from identity.access_token where digest like $1 || '%' order by expires_at`,
      [mark],
    );
    expect(tokens.map((token) => token.name)).toEqual(['-29 days', '1 day']);
  });

  it('forgets runs that ended long ago, and jobs that left the code', async () => {
    await wiki.rows(
      `insert into cluster.job (name, service, description, timeout_millis, misfire, concurrency, attempts_max, declared_at)
       values ('pages.gone', 'pages', 'Gone', 1000, 'skip', 1, 1, now() - interval '31 days')`,
    );
    await wiki.rows(
      `insert into cluster.job_run (job, kind, due_at, not_before, state, finished_at)
       select 'pages.trash-retention', 'manual', now() - age, now() - age, 'succeeded', now() - age
       from (values (interval '31 days'), (interval '29 days')) v(age)`,
    );
    expect(await wiki.runJob('cluster-coordinator.old-job-runs')).toMatchObject({ state: 'succeeded' });
    const [left] = await wiki.rows(
      `select count(*) filter (where finished_at < now() - interval '30 days')::int as old,
         count(*) filter (where finished_at < now() - interval '28 days')::int as recent,
         (select count(*)::int from cluster.job where name = 'pages.gone') as gone from cluster.job_run`,
    );
    expect(left).toEqual({ old: 0, recent: 1, gone: 0 });
  });
});

describe('the sweep of stored bytes', () => {
  it('removes what no attachment names, when no upload can still be under way', async () => {
    const page = await wiki.createPage(await wiki.createSpace());
    const form = new FormData();
    form.append('file', new Blob(['kept']), 'kept.txt');
    await wiki.admin.do(wiki.cluster.url, 'POST', `/rest/api/content/${page}/child/attachment`, form);
    const pathOf = (key: string) => join(wiki.cluster.dataDir, 'objects', key.slice(0, 2), key);
    const [named] = await wiki.rows<{ key: string }>(`select object_key as key from attachments.attachment_version`);
    const [orphan, upload] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    for (const key of [orphan, upload]) {
      await mkdir(join(pathOf(key), '..'), { recursive: true });
      await writeFile(pathOf(key), 'lost');
    }
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await utimes(pathOf(orphan), daysAgo(2), daysAgo(2));
    await utimes(pathOf(named?.key ?? ''), daysAgo(2), daysAgo(2));
    expect(await wiki.runJob('attachments.orphaned-objects')).toMatchObject({ state: 'succeeded' });
    await access(pathOf(named?.key ?? ''));
    await access(pathOf(upload));
    await expect(access(pathOf(orphan))).rejects.toThrow('ENOENT');
  });
});

describe('the check of the search index', () => {
  it('finds what is missing, what is old and what is too much, and mends it', async () => {
    const key = await wiki.createSpace();
    const [missing, old, right] = [await wiki.createPage(key), await wiki.createPage(key), await wiki.createPage(key)];
    const indexed = async () =>
      (
        await wiki.rows<{ id: string; version: number }>(
          `select id, version from search.document where space_key = $1 order by id`,
          [key],
        )
      ).map(({ id, version }) => `${id} ${version}`);
    await until('all is indexed', async () => (await indexed()).length === 4, patienceMillis);
    const before = await indexed();
    await wiki.rows(`delete from search.document where id = $1`, [missing]);
    await wiki.rows(`update search.document set version = 7 where id = $1`, [old]);
    await wiki.rows(
      `insert into search.document select (d).* from (
         select jsonb_populate_record(d, '{"id": 900000000001}') as d from search.document d where id = $1) c`,
      [right],
    );
    const run = await wiki.runJob('search.index-consistency');
    expect(run.state).toBe('succeeded');
    expect(run.messages[0]?.args[1]).toBe(3);
    expect(await indexed()).toEqual(before);
    expect((await wiki.runJob('search.index-consistency')).messages[0]?.args[1]).toBe(0);
  });
});

describe('the safety of the cluster', () => {
  it('is looked at: PostgreSQL and NATS agree on what the cluster is, and the hold on the database is renewed', async () => {
    const [row] = await wiki.rows<{ epoch: string }>('select epoch from cluster.holder');
    const run = await wiki.runJob('cluster-coordinator.cluster-safety-check');
    expect(run.state).toBe('succeeded');
    expect(run.messages[0]).toMatchObject({ key: 'safety.agrees', args: [Number(row?.epoch)] });
  });
});

describe('due times at which every coordinator was down', () => {
  const jobs = { once: 'pages.link-index', skip: 'cluster-coordinator.cluster-safety-check' };
  const names = Object.values(jobs);

  /** Two seconds of a minute ago, and the schedule that is due at both. */
  function aMinuteAgo(): { dues: Date[]; cron: string } {
    const first = new Date(Math.floor((Date.now() - 60_000) / 10_000) * 10_000);
    const [hour, minute, second] = [first.getUTCHours(), first.getUTCMinutes(), first.getUTCSeconds()];
    const cron = `${second},${second + 1} ${minute} ${hour} * * *`;
    return { dues: [first, new Date(first.getTime() + 1_000)], cron };
  }

  const change = (name: string, schedule: unknown) =>
    wiki.admin.do(wiki.cluster.url, 'PUT', `${jobsPath}/${name}`, { schedule });
  const runsOf = (name: string, dues: Date[]) =>
    wiki.rows<{ due_at: Date; state: string }>(
      `select due_at, state from cluster.job_run where job = $1 and kind = 'scheduled' and due_at between $2 and $3 order by due_at`,
      [name, ...dues],
    );

  it('follow the misfire rule, each of them once', async () => {
    const { dues, cron } = aMinuteAgo();
    for (const name of names) await change(name, { cron, timeZone: 'UTC' });
    const coordinators = (await wiki.cluster.nodes()).filter(({ service }) => service === 'cluster-coordinator');
    await Promise.all(coordinators.map(({ nodeId }) => wiki.cluster.stopNode(nodeId, { kill: true })));
    // What they would have left, had they been killed before that minute: the ledger goes by the database's clock, and by this row.
    await wiki.rows(`update cluster.job set next_due_at = $2 where name = any($1)`, [names, dues[0]]);
    for (const { service } of coordinators) await wiki.cluster.add(service);
    for (const [rule, states] of [
      ['once', ['skipped', 'succeeded']],
      ['skip', ['skipped', 'skipped']],
    ] as const) {
      const name = jobs[rule];
      const ended = async () => (await runsOf(name, dues)).filter(({ state }) => !['due', 'running'].includes(state));
      await until(`the runs of ${name} to end`, async () => (await ended()).length === dues.length, patienceMillis);
      expect(await runsOf(name, dues)).toEqual(dues.map((due_at, index) => ({ due_at, state: states[index] })));
      await change(name, null);
    }
  }, 120_000);
});
