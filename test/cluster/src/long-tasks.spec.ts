import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import type pg from 'pg';
import { JobWiki, patienceMillis, type Run } from './jobs/job-wiki.js';

interface Task extends Omit<Run, 'state'> {
  name: { key: string; args: string[]; translation: string };
  finished: boolean;
  successful: boolean;
  percentageComplete: number;
  elapsedTime: number;
}

/** The real long tasks of a whole cluster. */
let wiki: JobWiki;
beforeAll(async () => {
  wiki = await JobWiki.start();
}, 120_000);
afterAll(() => wiki.stop(), 60_000);

describe('the deletion of a space', () => {
  it('is a long task that ends with nothing left', async () => {
    const key = await wiki.createSpace();
    const parent = await wiki.createPage(key);
    const child = await wiki.createPage(key, { ancestors: [{ id: parent }] });
    const comment = { type: 'comment', container: { id: child, type: 'page' }, title: 'c' };
    await wiki.createPage(key, comment);
    await wiki.fill(key, 450);
    const { status, text } = await wiki.admin.ask(wiki.cluster.url, `/rest/api/space/${key}`, { method: 'DELETE' });
    const accepted = JSON.parse(text) as { id: string; links: { status: string } };
    expect([status, accepted.links.status]).toEqual([202, `/rest/api/longtask/${accepted.id}`]);
    let task: Task | undefined;
    await until(
      'the task has finished',
      async () => (task = await wiki.get<Task>(accepted.links.status)).finished,
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
    expect([await wiki.statusOf(`/rest/api/space/${key}`), await wiki.statusOf(`/rest/api/content/${child}`)]).toEqual([
      404, 404,
    ]);
    expect(
      await wiki.rows(`select 1 from pages.content c left join pages.space s on s.id = c.space_id where s.id is null`),
    ).toEqual([]);
    const { results } = await wiki.get<{ results: Task[] }>('/rest/api/longtask');
    expect(results.map((each) => each.id)).toContain(accepted.id);
    expect((await wiki.nobody.ask(wiki.cluster.url, accepted.links.status)).status).toBe(404);
    expect((await wiki.nobody.ask(wiki.cluster.url, accepted.links.status, { method: 'DELETE' })).status).toBe(404);
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
    return (await wiki.rows<Attempt & pg.QueryResultRow>(sql, [id]))[0] as Attempt;
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
    await wiki.cluster.stopNode(nodeId as string, { kill: true });
    await until('the task has finished', async () => (await runOf(id)).state === 'succeeded', patienceMillis);
    const { attempt, nodeId: other } = await runOf(id);
    expect([attempt, other === nodeId]).toEqual([2, false]);
    await wiki.cluster.add('pages');
  }

  it('goes on where it was when it deletes a space', async () => {
    const key = await wiki.createSpace();
    await wiki.fill(key, 5_000);
    const { id } = await wiki.admin.do(wiki.cluster.url, 'DELETE', `/rest/api/space/${key}`);
    await killItsCopy(id, () => Promise.resolve(true));
    expect(await wiki.statusOf(`/rest/api/space/${key}`)).toBe(404);
    expect(
      await wiki.rows(`select 1 from pages.content c left join pages.space s on s.id = c.space_id where s.id is null`),
    ).toEqual([]);
  });

  it('copies each page of a tree once', async () => {
    const [key, elsewhere] = [await wiki.createSpace(), await wiki.createSpace()];
    const [root, target] = [await wiki.createPage(key), await wiki.createPage(elsewhere)];
    await wiki.fill(key, 400);
    await wiki.rows(
      `update pages.content set parent_id = $1 where title like 'page %' and space_id = (select id from pages.space where key = $2)`,
      [root, key],
    );
    const { id } = await wiki.admin.do(wiki.cluster.url, 'POST', `/rest/api/content/${root}/pagehierarchy/copy`, {
      destinationPageId: target,
      copyDescendants: true,
    });
    const copied = async () => wiki.rows(`select 1 from pages.copied_page where run_id = $1`, [id]);
    await killItsCopy(id, async () => (await copied()).length > 20);
    const titles = await wiki.rows<{ title: string }>(
      `select title from pages.content c join pages.space s on s.id = c.space_id where s.key = $1 and title like 'page %'`,
      [elsewhere],
    );
    expect([titles.length, new Set(titles.map(({ title }) => title)).size]).toEqual([400, 400]);
    expect(await copied()).toEqual([]);
    // The search knows nothing of pages that no API made.
    const removal = await wiki.admin.do(wiki.cluster.url, 'DELETE', `/rest/api/space/${key}`);
    await until('they are gone', async () => (await runOf(removal.id)).state === 'succeeded', patienceMillis);
  });
});
