import { randomUUID } from 'node:crypto';
import { type RunningCluster, until } from '@tributary/test-servers';
import { ask, dishonesty, patience, pick, type Outcome } from './requests.js';

interface Upload {
  readonly pageId: string;
  readonly name: string;
  readonly text: string;
}

/** What else people do while pages are read and written: attach files, search, use and revoke tokens. */
export class SideWork {
  readonly problems: string[] = [];
  readonly uploads: Upload[] = [];
  /** Tokens that were made, used and revoked, each over any gateway. */
  tokens = 0;
  searches = 0;
  private readonly stopping = new AbortController();
  private workers: Promise<void>[] = [];
  private names = 0;

  constructor(
    private readonly cluster: RunningCluster,
    private readonly pageIds: readonly string[],
    private readonly gateways: () => readonly string[],
  ) {}

  start(): void {
    const works = [() => this.upload(), () => this.useToken(), () => this.search()];
    this.workers = works.map((work) => this.repeat(work));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.workers);
  }

  /** Acknowledged files that a gateway doesn't have, or has otherwise. */
  async findLost(): Promise<string[]> {
    const outcomes = await Promise.all(
      this.gateways().map(async (gateway) => {
        const lost: string[] = [];
        for (const { pageId, name, text } of this.uploads) {
          const path = `/download/attachments/${pageId}/${name}`;
          const reply = await fetch(`${gateway}${path}`, { headers: { authorization: this.cluster.administrator } });
          const found = await reply.text();
          if (reply.status !== 200 || found !== text) lost.push(`${gateway}${path}: ${reply.status} ${found}`);
        }
        return lost;
      }),
    );
    return outcomes.flat();
  }

  /** Until search finds each page by what it says now: no event was lost. */
  async searchCatchesUp(): Promise<void> {
    for (const id of this.pageIds) {
      const { json } = await ask(this.cluster, this.gateway(), 'GET', `/rest/api/content/${id}?expand=version`);
      const { number } = json['version'] as { number: number };
      await until(`search to know version ${number} of ${id}`, async () => {
        const found = await this.find(`id = ${id} and text ~ "v${number}"`);
        return found.status === 200 && found.json['totalSize'] === 1;
      });
    }
  }

  private gateway(): string {
    return pick(this.gateways());
  }

  private find(cql: string): Promise<Outcome> {
    return ask(this.cluster, this.gateway(), 'GET', `/rest/api/search?cql=${encodeURIComponent(cql)}`);
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      // A gateway that is gone: nothing is known, and another one is chosen next.
      await work().catch(() => undefined);
      await patience();
    }
  }

  private async search(): Promise<void> {
    const outcome = await this.find(`id = ${pick(this.pageIds)}`);
    if (outcome.status === 200) this.searches += 1;
    else this.problems.push(...dishonesty('a search', outcome));
  }

  private async upload(): Promise<void> {
    const pageId = pick(this.pageIds);
    const name = `file-${(this.names += 1)}.txt`;
    const text = `bytes of ${name}`;
    const form = new FormData();
    form.append('file', new Blob([text], { type: 'text/plain' }), name);
    const since = performance.now();
    const reply = await fetch(`${this.gateway()}/rest/api/content/${pageId}/child/attachment`, {
      method: 'POST',
      headers: { authorization: this.cluster.administrator, 'x-atlassian-token': 'no-check' },
      body: form,
    });
    const json = (await reply.json()) as Record<string, unknown>;
    if (reply.status === 200) this.uploads.push({ pageId, name, text });
    else
      this.problems.push(...dishonesty('an upload', { status: reply.status, json, millis: performance.now() - since }));
  }

  /** A token is good everywhere once it was made, and nowhere once it was revoked. */
  private async useToken(): Promise<void> {
    const made = await ask(this.cluster, this.gateway(), 'POST', '/rest/pat/latest/tokens', {
      name: `token ${randomUUID()}`,
    });
    if (made.status !== 201) {
      this.problems.push(...dishonesty('making a token', made));
      return;
    }
    const { id, rawToken } = made.json as { id: number; rawToken: string };
    for (const gateway of this.gateways()) await this.expectToken(gateway, rawToken, 200);
    const revoked = await ask(this.cluster, this.gateway(), 'DELETE', `/rest/pat/latest/tokens/${id}`);
    if (revoked.status !== 204) {
      this.problems.push(...dishonesty('revoking a token', revoked));
      return;
    }
    for (const gateway of this.gateways()) await this.expectToken(gateway, rawToken, 401);
    this.tokens += 1;
  }

  private async expectToken(gateway: string, token: string, status: 200 | 401): Promise<void> {
    const reply = await fetch(`${gateway}/rest/api/user/current`, { headers: { authorization: `Bearer ${token}` } });
    const text = await reply.text();
    if (reply.status !== status && reply.status !== 503)
      this.problems.push(`a token over ${gateway}: ${reply.status} instead of ${status}: ${text}`);
  }
}
