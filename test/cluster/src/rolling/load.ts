import { RunningCluster } from '@tributary/test-servers';

const clients = 6;

interface LoadedPage {
  readonly id: string;
  version: number;
  /** Its last write failed, and may have been done. */
  isUncertain: boolean;
}

/**
 * Sends a request once more whose connection was closed without an answer. Web browsers and most HTTP libraries do this with connections
 * that they had used before (RFC 9112, section 9.3.1); `fetch` of Node.js doesn't.
 */
export async function sentAgainWhenClosed<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (!['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(cause?.code ?? '')) throw error;
    return await send();
  }
}

/** How a client of `Load` sends: at once, or as `sentAgainWhenClosed`. */
type Sending = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/** Clients that read, write and search pages through one address, and note whatever didn't succeed. */
export class Load {
  done = 0;
  readonly failures: string[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void>[] = [];

  private constructor(
    private readonly base: string,
    private readonly cluster: RunningCluster,
    private readonly pages: readonly LoadedPage[],
    private readonly sending: Sending,
  ) {}

  /** Makes a page for each client, in a space of their own, and begins. */
  static async start(
    base: string,
    cluster: RunningCluster,
    spaceKey: string,
    sending: Sending = (send) => send(),
  ): Promise<Load> {
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: spaceKey, name: 'Rolling' });
    const pages: LoadedPage[] = [];
    for (let client = 0; client < clients; client += 1) {
      const page = { type: 'page', title: `Page ${client}`, space: { key: spaceKey } };
      const { json } = await cluster.call(cluster.url, 'POST', '/rest/api/content', page);
      pages.push({ id: String(json['id']), version: 1, isUncertain: false });
    }
    const load = new Load(base, cluster, pages, sending);
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
  private async act(client: number, page: LoadedPage): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const read = await this.ask('GET', `/rest/api/content/${page.id}?expand=version`);
      const seen = (read?.['version'] as { number: number } | undefined)?.number;
      if (page.isUncertain && seen === page.version + 1) {
        page.version = seen;
        page.isUncertain = false;
      }
      if (seen !== undefined && seen !== page.version) this.failures.push(`read ${seen} instead of ${page.version}`);
      const body = { storage: { value: `<p>${page.version + 1}</p>`, representation: 'storage' } };
      const change = { type: 'page', title: `Page ${client}`, version: { number: page.version + 1 }, body };
      // A write whose gateway was killed may be done later than the read that followed it: then this one is too late.
      const mayBeLate = page.isUncertain;
      const isDone = (await this.ask('PUT', `/rest/api/content/${page.id}`, change, mayBeLate)) !== undefined;
      if (isDone) page.version += 1;
      page.isUncertain = !isDone;
      await this.ask('GET', '/rest/api/user/current');
      await this.ask('GET', `/rest/api/content/search?cql=${encodeURIComponent(`title="Page ${client}"`)}`);
    }
  }

  /** The answer's JSON; undefined for failures, which are noted, and for a conflict that may be. */
  private async ask(
    method: string,
    path: string,
    body?: unknown,
    mayConflict = false,
  ): Promise<Record<string, unknown> | undefined> {
    const at = new Date().toISOString();
    try {
      const { status, json } = await this.sending(() =>
        this.cluster.call(this.base, method, path, body, AbortSignal.timeout(15_000)),
      );
      if (status === 200) {
        this.done += 1;
        return json;
      }
      if (status === 409 && mayConflict) return undefined;
      this.failures.push(`${at} ${method} ${path}: ${status} ${JSON.stringify(json)}`);
    } catch (error) {
      this.failures.push(`${at} ${method} ${path}: ${String((error as Error).cause ?? error)}`);
    }
    return undefined;
  }
}
