import { randomBytes } from 'node:crypto';
import { access, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';
import { Somebody } from './leaks/client.js';

/** The real jobs and long tasks of a whole cluster, through its REST API; what time does is done to the rows. */
const jobsPath = '/rest/tributary/1/cluster/jobs';
const patienceMillis = 60_000;

interface Run {
  id: string;
  state: string;
  messages: { key: string; args: number[]; translation: string }[];
}
interface Task extends Omit<Run, 'state'> {
  name: { key: string; args: string[]; translation: string };
  finished: boolean;
  successful: boolean;
  percentageComplete: number;
  elapsedTime: number;
}

let cluster: RunningCluster;
let database: pg.Pool;
let admin: Somebody;

const rows = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await database.query<T>(sql, values)).rows;
const get = <T>(path: string): Promise<T> => admin.do<T>(cluster.url, 'GET', path);
const statusOf = async (path: string): Promise<number> => (await admin.ask(cluster.url, path)).status;

/** Runs a job by hand and waits for its end. */
async function runJob(name: string): Promise<Run> {
  const { id } = await admin.do<Run>(cluster.url, 'POST', `${jobsPath}/${name}/run`);
  let run: Run | undefined;
  await until(
    `${name} has ended`,
    async () => {
      run = (await get<{ runs: Run[] }>(`${jobsPath}/${name}`)).runs.find((each) => each.id === id);
      return run !== undefined && !['due', 'running'].includes(run.state);
    },
    patienceMillis,
  );
  return run as Run;
}

async function createSpace(): Promise<string> {
  const key = `J${randomBytes(4).toString('hex').toUpperCase()}`;
  await admin.do(cluster.url, 'POST', '/rest/api/space', { key, name: key });
  return key;
}
async function createPage(key: string, more: object = {}): Promise<string> {
  const title = randomBytes(6).toString('hex');
  const page = { type: 'page', title, space: { key }, body: { storage: { value: '<p/>', representation: 'storage' } } };
  return (await admin.do(cluster.url, 'POST', '/rest/api/content', { ...page, ...more })).id;
}

/** Many pages at once, as no API makes them. */
const fill = (key: string, count: number) =>
  rows(
    `with made as (insert into pages.content (type, status, space_id, title, title_key)
       select 'page', 'current', id, 'page ' || n, 'page ' || n from pages.space, generate_series(1, $2) n where key = $1 returning id, title)
     insert into pages.content_version (content_id, number, title, body) select id, 1, title, '' from made`,
    [key, count],
  );

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 1, pages: 2, coordinators: 2 });
  database = new pg.Pool({ connectionString: (await cluster.servers()).databaseUrl, max: 2 });
  admin = Somebody.withPassword('admin', cluster.password);
}, 120_000);

afterAll(async () => {
  await database.end();
  await cluster.stop();
}, 60_000);

describe('the list of jobs', () => {
  it('names every scheduled job of every service with its next run, to system administrators only', async () => {
    const { results } = await get<{ results: { name: string; nextRunAt: string; enabled: boolean }[] }>(jobsPath);
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
    await admin.do(cluster.url, 'POST', '/rest/api/admin/user', {
      userName: 'nobody',
      password: 'pass',
      fullName: 'N',
    });
    const nobody = Somebody.withPassword('nobody', 'pass');
    const name = 'pages.trash-retention';
    for (const [method, path, body] of [
      ['GET', jobsPath],
      ['GET', `${jobsPath}/${name}`],
      ['POST', `${jobsPath}/${name}/run`],
      ['PUT', `${jobsPath}/${name}`, { enabled: false }],
      ['GET', '/rest/tributary/1/cluster/runs'],
    ] as const) {
      expect([path, (await nobody.ask(cluster.url, path, { method, body })).status]).toEqual([path, 403]);
      expect((await Somebody.anonymous.ask(cluster.url, path, { method, body })).status).toBeGreaterThanOrEqual(401);
    }
  });

  it('changes a schedule, disables and brings back, and refuses what makes no sense', async () => {
    const path = `${jobsPath}/pages.trash-retention`;
    const put = (body: unknown) => admin.ask(cluster.url, path, { method: 'PUT', body });
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
    expect(await statusOf(`${jobsPath}/pages.unknown`)).toBe(404);
    expect(await statusOf(`${jobsPath}/..%2f`)).toBe(400);
  });
});

describe('the deletion of a space', () => {
  it('is a long task that ends with nothing left', async () => {
    const key = await createSpace();
    const parent = await createPage(key);
    const child = await createPage(key, { ancestors: [{ id: parent }] });
    const comment = { type: 'comment', container: { id: child, type: 'page' }, title: 'c' };
    await createPage(key, comment);
    await fill(key, 450);
    const { status, text } = await admin.ask(cluster.url, `/rest/api/space/${key}`, { method: 'DELETE' });
    const accepted = JSON.parse(text) as { id: string; links: { status: string } };
    expect([status, accepted.links.status]).toEqual([202, `/rest/api/longtask/${accepted.id}`]);
    let task: Task | undefined;
    await until(
      'the task has finished',
      async () => (task = await get<Task>(accepted.links.status)).finished,
      patienceMillis,
    );
    expect(task).toMatchObject({
      id: accepted.id,
      name: { key: 'pages.delete-space.title', args: [key], translation: `Delete space ${key}` },
      percentageComplete: 100,
      successful: true,
    });
    expect(task?.elapsedTime).toBeGreaterThan(0);
    expect(task?.messages.map((message) => message.translation)).toEqual(['Removed: 453', 'Done']);
    expect([await statusOf(`/rest/api/space/${key}`), await statusOf(`/rest/api/content/${child}`)]).toEqual([
      404, 404,
    ]);
    expect(
      await rows(`select 1 from pages.content c left join pages.space s on s.id = c.space_id where s.id is null`),
    ).toEqual([]);
    const { results } = await get<{ results: Task[] }>('/rest/api/longtask');
    expect(results.map((each) => each.id)).toContain(accepted.id);
    const nobody = Somebody.withPassword('nobody', 'pass');
    expect((await nobody.ask(cluster.url, accepted.links.status)).status).toBe(404);
    expect((await nobody.ask(cluster.url, accepted.links.status, { method: 'DELETE' })).status).toBe(404);
  });
});

describe('a long task whose copy of pages is killed', () => {
  interface Attempt {
    state: string;
    nodeId: string | null;
    attempt: number;
  }
  const runOf = async (id: string): Promise<Attempt> => {
    const sql = `select state, node_id as "nodeId", attempt from cluster.job_run where id = $1`;
    return (await rows<Attempt & pg.QueryResultRow>(sql, [id]))[0] as Attempt;
  };

  /** Kills the copy that carries out a task, once `isUnderWay`, and waits for the end of the task at another copy. */
  async function killItsCopy(id: string, isUnderWay: () => Promise<boolean>): Promise<void> {
    await until(
      'a part is done',
      async () => (await runOf(id)).nodeId !== null && (await isUnderWay()),
      patienceMillis,
    );
    const { nodeId, state } = await runOf(id);
    expect(state).toBe('running');
    await cluster.stopNode(nodeId as string, { kill: true });
    await until('the task has finished', async () => (await runOf(id)).state === 'succeeded', patienceMillis);
    const { attempt, nodeId: other } = await runOf(id);
    expect([attempt, other === nodeId]).toEqual([2, false]);
    await cluster.add('pages');
  }

  it('goes on where it was when it deletes a space', async () => {
    const key = await createSpace();
    await fill(key, 5_000);
    const { id } = await admin.do(cluster.url, 'DELETE', `/rest/api/space/${key}`);
    await killItsCopy(id, () => Promise.resolve(true));
    expect(await statusOf(`/rest/api/space/${key}`)).toBe(404);
    expect(
      await rows(`select 1 from pages.content c left join pages.space s on s.id = c.space_id where s.id is null`),
    ).toEqual([]);
  });

  it('copies each page of a tree once', async () => {
    const [key, elsewhere] = [await createSpace(), await createSpace()];
    const [root, target] = [await createPage(key), await createPage(elsewhere)];
    await fill(key, 400);
    await rows(
      `update pages.content set parent_id = $1 where title like 'page %' and space_id = (select id from pages.space where key = $2)`,
      [root, key],
    );
    const { id } = await admin.do(cluster.url, 'POST', `/rest/api/content/${root}/pagehierarchy/copy`, {
      destinationPageId: target,
      copyDescendants: true,
    });
    const copied = async () => rows(`select 1 from pages.copied_page where run_id = $1`, [id]);
    await killItsCopy(id, async () => (await copied()).length > 20);
    const titles = await rows<{ title: string }>(
      `select title from pages.content c join pages.space s on s.id = c.space_id where s.key = $1 and title like 'page %'`,
      [elsewhere],
    );
    expect([titles.length, new Set(titles.map(({ title }) => title)).size]).toEqual([400, 400]);
    expect(await copied()).toEqual([]);
    // The search knows nothing of pages that no API made.
    const removal = await admin.do(cluster.url, 'DELETE', `/rest/api/space/${key}`);
    await until('they are gone', async () => (await runOf(removal.id)).state === 'succeeded', patienceMillis);
  });
});

describe('retention', () => {
  it('purges what has been in the trash for long, and nothing else', async () => {
    const key = await createSpace();
    const [old, recent, current] = [await createPage(key), await createPage(key), await createPage(key)];
    for (const id of [old, recent]) await admin.do(cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await rows(`update pages.content set trashed_at = now() - interval '91 days' where id = $1`, [old]);
    expect(await runJob('pages.trash-retention')).toMatchObject({ state: 'succeeded' });
    const left = await rows<{ id: string }>(`select id from pages.content where id = any($1::bigint[]) order by id`, [
      [old, recent, current],
    ]);
    expect(left.map((row) => row.id)).toEqual([recent, current]);
  });

  it('counts anew for what was restored and trashed again', async () => {
    const id = await createPage(await createSpace());
    await admin.do(cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await rows(`update pages.content set trashed_at = now() - interval '91 days' where id = $1`, [id]);
    const { title } = await get<{ title: string }>(`/rest/api/content/${id}?status=trashed`);
    await admin.do(cluster.url, 'PUT', `/rest/api/content/${id}`, {
      type: 'page',
      title,
      status: 'current',
      version: { number: 2 },
    });
    await admin.do(cluster.url, 'DELETE', `/rest/api/content/${id}`);
    await runJob('pages.trash-retention');
    expect(await rows(`select 1 from pages.content where id = $1`, [id])).toHaveLength(1);
  });

  it('removes drafts that nobody has touched for long', async () => {
    const key = await createSpace();
    const [old, recent] = [await createPage(key, { status: 'draft' }), await createPage(key, { status: 'draft' })];
    await rows(`update pages.content_version set changed_at = now() - interval '366 days' where content_id = $1`, [
      old,
    ]);
    expect(await runJob('pages.orphaned-drafts')).toMatchObject({ state: 'succeeded' });
    const left = await rows(`select id from pages.content where id = any($1::bigint[])`, [[old, recent]]);
    expect(left).toEqual([{ id: recent }]);
  });

  it('removes drafts of published pages that nobody has touched for long', async () => {
    const key = await createSpace();
    const [old, recent] = [await createPage(key), await createPage(key)];
    for (const id of [old, recent])
      await admin.do(cluster.url, 'PUT', `/rest/tributary/1/drafts/${id}`, {
        session: 'session-of-a-job',
        title: 'Changed',
        version: 1,
        body: { storage: { value: '<p>x</p>', representation: 'storage' } },
      });
    await rows(`update pages.draft set saved_at = now() - interval '366 days' where content_id = $1`, [old]);
    expect(await runJob('pages.orphaned-drafts')).toMatchObject({ state: 'succeeded' });
    const left = await rows(`select content_id as id from pages.draft where content_id = any($1::bigint[])`, [
      [old, recent],
    ]);
    expect(left).toEqual([{ id: recent }]);
  });

  it('notes links that an older copy of the service has written', async () => {
    const key = await createSpace();
    const target = await createPage(key);
    const body = `<p><ac:link><ri:content-entity ri:content-id="${target}" /></ac:link></p>`;
    const linking = await createPage(key, { body: { storage: { value: body, representation: 'storage' } } });
    const incoming = async () =>
      (await get<{ results: { id: string }[] }>(`/rest/tributary/1/content/${target}/incoming-links`)).results;
    await rows(`update pages.content set links = null, links_version = 0 where id = any($1::bigint[])`, [
      [target, linking],
    ]);
    expect(await incoming()).toEqual([]);
    expect(await runJob('pages.link-index')).toMatchObject({ state: 'succeeded' });
    expect((await incoming()).map(({ id }) => id)).toEqual([linking]);
    expect(await rows(`select id from pages.content where links_version <> version`, [])).toEqual([]);
  });

  it('removes sessions that are over, and tokens that expired long ago', async () => {
    const mark = randomBytes(6).toString('hex');
    await rows(
      `insert into identity.session (digest, user_key, expires_at) select $1 || name, user_key, now() + age::interval
       from identity.account, (values ('over', '-1 minute'), ('open', '1 hour')) v(name, age) where username = 'admin'`,
      [mark],
    );
    await rows(
      `insert into identity.access_token (digest, user_key, name, expires_at) select $1 || age, user_key, $1 || age, now() + age::interval
       from identity.account, (values ('-31 days'), ('-29 days'), ('1 day'), (null)) v(age) where username = 'admin' and age is not null`,
      [mark],
    );
    expect(await runJob('identity.expired-credentials')).toMatchObject({ state: 'succeeded' });
    const sessions = await rows(
      `select replace(digest, $1, '') as name from identity.session where digest like $1 || '%'`,
      [mark],
    );
    expect(sessions).toEqual([{ name: 'open' }]);
    const tokens = await rows<{ name: string }>(
      `select replace(name, $1, '') as name from identity.access_token where digest like $1 || '%' order by expires_at`,
      [mark],
    );
    expect(tokens.map((token) => token.name)).toEqual(['-29 days', '1 day']);
  });

  it('forgets runs that ended long ago, and jobs that left the code', async () => {
    await rows(
      `insert into cluster.job (name, service, description, timeout_millis, misfire, concurrency, attempts_max, declared_at)
       values ('pages.gone', 'pages', 'Gone', 1000, 'skip', 1, 1, now() - interval '31 days')`,
    );
    await rows(
      `insert into cluster.job_run (job, kind, due_at, not_before, state, finished_at)
       select 'pages.trash-retention', 'manual', now() - age, now() - age, 'succeeded', now() - age
       from (values (interval '31 days'), (interval '29 days')) v(age)`,
    );
    expect(await runJob('cluster-coordinator.old-job-runs')).toMatchObject({ state: 'succeeded' });
    const [left] = await rows(
      `select count(*) filter (where finished_at < now() - interval '30 days')::int as old,
         count(*) filter (where finished_at < now() - interval '28 days')::int as recent,
         (select count(*)::int from cluster.job where name = 'pages.gone') as gone from cluster.job_run`,
    );
    expect(left).toEqual({ old: 0, recent: 1, gone: 0 });
  });
});

describe('the sweep of stored bytes', () => {
  it('removes what no attachment names, when no upload can still be under way', async () => {
    const page = await createPage(await createSpace());
    const form = new FormData();
    form.append('file', new Blob(['kept']), 'kept.txt');
    await admin.do(cluster.url, 'POST', `/rest/api/content/${page}/child/attachment`, form);
    const pathOf = (key: string) => join(cluster.dataDir, 'objects', key.slice(0, 2), key);
    const [named] = await rows<{ key: string }>(`select object_key as key from attachments.attachment_version`);
    const [orphan, upload] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    for (const key of [orphan, upload]) {
      await mkdir(join(pathOf(key), '..'), { recursive: true });
      await writeFile(pathOf(key), 'lost');
    }
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await utimes(pathOf(orphan), daysAgo(2), daysAgo(2));
    await utimes(pathOf(named?.key ?? ''), daysAgo(2), daysAgo(2));
    expect(await runJob('attachments.orphaned-objects')).toMatchObject({ state: 'succeeded' });
    await access(pathOf(named?.key ?? ''));
    await access(pathOf(upload));
    await expect(access(pathOf(orphan))).rejects.toThrow('ENOENT');
  });
});

describe('the check of the search index', () => {
  it('finds what is missing, what is old and what is too much, and mends it', async () => {
    const key = await createSpace();
    const [missing, old, right] = [await createPage(key), await createPage(key), await createPage(key)];
    const indexed = async () =>
      (
        await rows<{ id: string; version: number }>(
          `select id, version from search.document where space_key = $1 order by id`,
          [key],
        )
      ).map(({ id, version }) => `${id} ${version}`);
    await until('all is indexed', async () => (await indexed()).length === 4, patienceMillis);
    const before = await indexed();
    await rows(`delete from search.document where id = $1`, [missing]);
    await rows(`update search.document set version = 7 where id = $1`, [old]);
    await rows(
      `insert into search.document select (d).* from (
         select jsonb_populate_record(d, '{"id": 900000000001}') as d from search.document d where id = $1) c`,
      [right],
    );
    const run = await runJob('search.index-consistency');
    expect(run.state).toBe('succeeded');
    expect(run.messages[0]?.args[1]).toBe(3);
    expect(await indexed()).toEqual(before);
    expect((await runJob('search.index-consistency')).messages[0]?.args[1]).toBe(0);
  });
});
