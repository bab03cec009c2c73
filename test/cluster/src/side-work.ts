import { randomUUID } from 'node:crypto';
import { type RunningCluster, until } from '@tributary/test-servers';
import { ask, clientGivesUp, dishonesty, patience, pick, type Outcome } from './requests.js';
import { Unanswered, type UnansweredRequests } from './unanswered.js';

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
    private readonly unanswered: UnansweredRequests,
    private readonly chance: () => number,
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
      const { json } = await this.ask('GET', `/rest/api/content/${id}?expand=version`);
      const { number } = json['version'] as { number: number };
      await until(`search to know version ${number} of ${id}`, async () => {
        const found = await this.find(`id = ${id} and text ~ "v${number}"`);
        return found.status === 200 && found.json['totalSize'] === 1;
      });
    }
  }

  private gateway(): string {
    return pick(this.gateways(), this.chance);
  }

  private ask(method: string, path: string, body?: unknown): Promise<Outcome> {
    const gateway = this.gateway();
    return this.unanswered.watch(gateway, () => ask(this.cluster, gateway, method, path, body));
  }

  private find(cql: string): Promise<Outcome> {
    return this.ask('GET', `/rest/api/search?cql=${encodeURIComponent(cql)}`);
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await work().catch((error: unknown) => {
        // Nothing is known. Whether the gateway may leave a request without an answer is judged later.
        if (!(error instanceof Unanswered)) this.problems.push(`side work failed: ${String(error)}`);
      });
      await patience();
    }
  }

  private async search(): Promise<void> {
    const outcome = await this.find(`id = ${pick(this.pageIds, this.chance)}`);
    if (outcome.status === 200) this.searches += 1;
    else this.problems.push(...dishonesty('a search', outcome));
  }

  private async upload(): Promise<void> {
    const pageId = pick(this.pageIds, this.chance);
    const name = `file-${(this.names += 1)}.txt`;
    const text = `bytes of ${name}`;
    const form = new FormData();
    form.append('file', new Blob([text], { type: 'text/plain' }), name);
    const since = performance.now();
    const gateway = this.gateway();
    const { status, json } = await this.unanswered.watch(gateway, async () => {
      const reply = await fetch(`${gateway}/rest/api/content/${pageId}/child/attachment`, {
        method: 'POST',
        headers: { authorization: this.cluster.administrator, 'x-atlassian-token': 'no-check' },
        body: form,
        signal: clientGivesUp(),
      });
      return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
    });
    if (status === 200) this.uploads.push({ pageId, name, text });
    else this.problems.push(...dishonesty('an upload', { status, json, millis: performance.now() - since }));
  }

  /** A token is good everywhere once it was made, and nowhere once it was revoked. */
  private async useToken(): Promise<void> {
    const made = await this.ask('POST', '/rest/pat/latest/tokens', {
      name: `token ${randomUUID()}`,
    });
    if (made.status !== 201) {
      this.problems.push(...dishonesty('making a token', made));
      return;
    }
    const { id, rawToken } = made.json as { id: number; rawToken: string };
    for (const gateway of this.gateways()) await this.expectToken(gateway, rawToken, 200);
    const revoked = await this.ask('DELETE', `/rest/pat/latest/tokens/${id}`);
    if (revoked.status !== 204) {
      this.problems.push(...dishonesty('revoking a token', revoked));
      return;
    }
    for (const gateway of this.gateways()) await this.expectToken(gateway, rawToken, 401);
    this.tokens += 1;
  }

  private async expectToken(gateway: string, token: string, status: 200 | 401): Promise<void> {
    const answer = await this.unanswered.watch(gateway, async () => {
      const headers = { authorization: `Bearer ${token}` };
      const reply = await fetch(`${gateway}/rest/api/user/current`, { headers, signal: clientGivesUp() });
      return { status: reply.status, text: await reply.text() };
    });
    if (answer.status !== status && answer.status !== 503)
      this.problems.push(`a token over ${gateway}: ${answer.status} instead of ${status}: ${answer.text}`);
  }
}
