import { RunningCluster } from '@tributary/test-servers';

const clients = 6;

/** Clients that read, write and search pages through one address, and note whatever didn't succeed. */
export class Load {
  done = 0;
  readonly failures: string[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void>[] = [];

  private constructor(
    private readonly base: string,
    private readonly cluster: RunningCluster,
    private readonly pages: readonly { readonly id: string; version: number }[],
  ) {}

  /** Makes a page for each client, in a space of their own, and begins. */
  static async start(base: string, cluster: RunningCluster, spaceKey: string): Promise<Load> {
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: spaceKey, name: 'Rolling' });
    const pages: { id: string; version: number }[] = [];
    for (let client = 0; client < clients; client += 1) {
      const page = { type: 'page', title: `Page ${client}`, space: { key: spaceKey } };
      const { json } = await cluster.call(cluster.url, 'POST', '/rest/api/content', page);
      pages.push({ id: String(json['id']), version: 1 });
    }
    const load = new Load(base, cluster, pages);
    load.running = pages.map((page, client) => load.act(client, page));
    return load;
  }

  /** The first client's page. */
  get pageId(): string {
    return this.pages[0]?.id ?? '';
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  /** Each client has a page of its own, so no write has a reason to fail. */
  private async act(client: number, page: { readonly id: string; version: number }): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const read = await this.ask('GET', `/rest/api/content/${page.id}?expand=version`);
      const seen = (read?.['version'] as { number: number } | undefined)?.number;
      if (seen !== undefined && seen !== page.version) this.failures.push(`read ${seen} instead of ${page.version}`);
      const body = { storage: { value: `<p>${page.version + 1}</p>`, representation: 'storage' } };
      const change = { type: 'page', title: `Page ${client}`, version: { number: page.version + 1 }, body };
      if (await this.ask('PUT', `/rest/api/content/${page.id}`, change)) page.version += 1;
      await this.ask('GET', '/rest/api/user/current');
      await this.ask('GET', `/rest/api/content/search?cql=${encodeURIComponent(`title="Page ${client}"`)}`);
    }
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown> | undefined> {
    const at = new Date().toISOString();
    try {
      const { status, json } = await this.cluster.call(this.base, method, path, body, AbortSignal.timeout(15_000));
      if (status === 200) {
        this.done += 1;
        return json;
      }
      this.failures.push(`${at} ${method} ${path}: ${status} ${JSON.stringify(json)}`);
    } catch (error) {
      this.failures.push(`${at} ${method} ${path}: ${String((error as Error).cause ?? error)}`);
    }
    return undefined;
  }
}
