import { randomBytes } from 'node:crypto';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';
import { Somebody } from '../leaks/client.js';

export const jobsPath = '/rest/tributary/1/cluster/jobs';
export const patienceMillis = 60_000;

export interface Run {
  readonly id: string;
  readonly state: string;
  readonly messages: { key: string; args: number[]; translation: string }[];
}

/** A whole cluster with its jobs, through its REST API; what time does is done to the rows. */
export class JobWiki {
  private constructor(
    readonly cluster: RunningCluster,
    readonly admin: Somebody,
    /** Has an account, and no rights beyond that. */
    readonly nobody: Somebody,
    private readonly database: pg.Pool,
  ) {}

  static async start(): Promise<JobWiki> {
    const cluster = await RunningCluster.start({ gateways: 1, pages: 2, coordinators: 2 });
    const database = new pg.Pool({ connectionString: (await cluster.servers()).databaseUrl, max: 2 });
    const admin = Somebody.withPassword('admin', cluster.password);
    const account = { userName: 'nobody', password: 'pass', fullName: 'N' };
    await admin.do(cluster.url, 'POST', '/rest/api/admin/user', account);
    return new JobWiki(cluster, admin, Somebody.withPassword('nobody', 'pass'), database);
  }

  async stop(): Promise<void> {
    await this.database.end();
    await this.cluster.stop();
  }

  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.query<T>(sql, values)).rows;
  }

  get<T>(path: string): Promise<T> {
    return this.admin.do<T>(this.cluster.url, 'GET', path);
  }

  async statusOf(path: string): Promise<number> {
    return (await this.admin.ask(this.cluster.url, path)).status;
  }

  /** Runs a job by hand and waits for its end. */
  async runJob(name: string): Promise<Run> {
    const { id } = await this.admin.do<Run>(this.cluster.url, 'POST', `${jobsPath}/${name}/run`);
    let run: Run | undefined;
    await until(
      `${name} has ended`,
      async () => {
        run = (await this.get<{ runs: Run[] }>(`${jobsPath}/${name}`)).runs.find((each) => each.id === id);
        return run !== undefined && !['due', 'running'].includes(run.state);
      },
      patienceMillis,
    );
    return run as Run;
  }

  async createSpace(): Promise<string> {
    const key = `J${randomBytes(4).toString('hex').toUpperCase()}`;
    await this.admin.do(this.cluster.url, 'POST', '/rest/api/space', { key, name: key });
    return key;
  }

  async createPage(key: string, more: object = {}): Promise<string> {
    const title = randomBytes(6).toString('hex');
    const body = { storage: { value: '<p/>', representation: 'storage' } };
    const page = { type: 'page', title, space: { key }, body, ...more };
    return (await this.admin.do(this.cluster.url, 'POST', '/rest/api/content', page)).id;
  }

  /** Many pages at once, as no API makes them. */
  fill(key: string, count: number): Promise<unknown> {
    return this.rows(
      `with made as (insert into pages.content (type, status, space_id, title, title_key)
         select 'page', 'current', id, 'page ' || n, 'page ' || n from pages.space, generate_series(1, $2) n where key = $1 returning id, title)
       insert into pages.content_version (content_id, number, title, body) select id, 1, title, '' from made`,
      [key, count],
    );
  }
}
