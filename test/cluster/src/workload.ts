import { History } from './history.js';
import { ask, dishonesty, patience, pick, type Outcome, type ServedCluster } from './requests.js';
import { Unanswered, UnansweredRequests } from './unanswered.js';

/** Pages that clients read and write over all gateways at once, with everything that they did and saw recorded. */
export class Workload {
  readonly history = new History();
  readonly problems: string[] = [];
  readonly unanswered = new UnansweredRequests();
  /** When each gateway acknowledged a write last, by the history's clock. */
  readonly acknowledgedAt = new Map<string, number>();
  /** Requests that were answered by an error. */
  refusals = 0;
  private readonly written = new Map<string, number>();
  private readonly stopping = new AbortController();
  private clients: Promise<void>[] = [];
  private gateways: readonly string[];

  private constructor(
    private readonly cluster: ServedCluster,
    private readonly ids: readonly string[],
    private readonly chance: () => number,
    private readonly staysAtHome: boolean,
  ) {
    this.gateways = cluster.gateways;
  }

  /**
   * `chance`, from 0 to 1, chooses pages, and for each request a gateway; clients that stay at home each use one gateway only, so that
   * one which doesn't answer keeps only its own clients waiting.
   */
  static async create(
    cluster: ServedCluster,
    spaceKey: string,
    pageCount: number,
    { chance, staysAtHome = false }: { chance: () => number; staysAtHome?: boolean },
  ): Promise<Workload> {
    const space = await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: spaceKey, name: spaceKey });
    if (space.status !== 200) throw new Error(`A space could not be created: ${space.status}`);
    const ids: string[] = [];
    for (let index = 0; index < pageCount; index += 1) {
      const page = { type: 'page', title: `Page ${index}`, space: { key: spaceKey }, body: storage(`v1`) };
      const { status, json } = await cluster.call(cluster.url, 'POST', '/rest/api/content', page);
      if (status !== 200) throw new Error(`A page could not be created: ${status}`);
      ids.push(String(json['id']));
    }
    return new Workload(cluster, ids, chance, staysAtHome);
  }

  /** Starts clients that go on until `stop`. */
  start(writers: number, readers: number): void {
    for (let client = 0; client < writers + readers; client += 1) this.clients.push(this.act(client, client < writers));
  }

  /** Gateways came or went. */
  async refreshGateways(): Promise<void> {
    this.gateways = await this.cluster.gatewayUrls();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.clients);
    this.clients = [];
  }

  /** Reads every page over every gateway: each must be at its last acknowledged version, or beyond. */
  async findLost(): Promise<string[]> {
    const lost: string[] = [];
    for (const url of this.gateways) {
      for (const id of this.ids) {
        const seen = await this.read(url, id);
        const acknowledged = this.written.get(id) ?? 1;
        if (seen === undefined || seen < acknowledged)
          lost.push(`${id} over ${url}: ${seen} instead of ${acknowledged}`);
      }
    }
    return lost;
  }

  get currentGateways(): readonly string[] {
    return this.gateways;
  }

  get pageIds(): readonly string[] {
    return this.ids;
  }

  get acknowledgedWrites(): number {
    return this.history.operations.filter((operation) => operation.kind === 'write' && operation.outcome === 'ok')
      .length;
  }

  private async act(client: number, isWriter: boolean): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const id = pick(this.ids, this.chance);
      try {
        if (isWriter) await this.write(client, id);
        else await this.recordRead(client, id);
      } catch (error) {
        // Nothing was seen, so nothing is recorded. Whether the gateway may leave a request without an answer is judged later.
        if (!(error instanceof Unanswered)) this.problems.push(`a client failed: ${String(error)}`);
        await patience();
      }
    }
  }

  private ask(gateway: string, method: string, path: string, body?: unknown): Promise<Outcome> {
    return this.unanswered.watch(gateway, () => ask(this.cluster, gateway, method, path, body));
  }

  private gatewayOf(client: number): string {
    return pick(
      this.staysAtHome ? this.gateways.slice(client % this.gateways.length) : this.gateways,
      this.staysAtHome ? () => 0 : this.chance,
    );
  }

  private async recordRead(client: number, id: string): Promise<void> {
    const call = this.history.now();
    const version = await this.read(this.gatewayOf(client), id);
    if (version !== undefined)
      this.history.add({ client, key: id, kind: 'read', version, outcome: 'ok', call, return: this.history.now() });
  }

  private async write(client: number, id: string): Promise<void> {
    const current = await this.read(this.gatewayOf(client), id);
    if (current === undefined) return;
    const version = current + 1;
    const call = this.history.now();
    const change = { type: 'page', title: `Page of ${id}`, version: { number: version }, body: storage(`v${version}`) };
    const record = (outcome: 'ok' | 'conflict' | 'unknown'): void =>
      this.history.add({ client, key: id, kind: 'write', version, outcome, call, return: this.history.now() });
    try {
      const gateway = this.gatewayOf(client);
      const outcome = await this.ask(gateway, 'PUT', `/rest/api/content/${id}`, change);
      record(outcome.status === 200 ? 'ok' : outcome.status === 409 ? 'conflict' : 'unknown');
      if (outcome.status === 200) {
        this.written.set(id, Math.max(version, this.written.get(id) ?? 1));
        this.acknowledgedAt.set(gateway, this.history.now());
      } else if (outcome.status !== 409) {
        this.refusals += 1;
        this.problems.push(...dishonesty('a write', outcome));
      }
    } catch (error) {
      record('unknown');
      throw error;
    }
  }

  /** The version that a gateway shows, with the body that belongs to it; undefined when the gateway can't answer. */
  private async read(url: string, id: string): Promise<number | undefined> {
    const outcome = await this.ask(url, 'GET', `/rest/api/content/${id}?expand=version,body.storage`);
    if (outcome.status !== 200) {
      this.refusals += 1;
      this.problems.push(...dishonesty('a read', outcome));
      return undefined;
    }
    const { version, body } = outcome.json as unknown as {
      version: { number: number };
      body: { storage: { value: string } };
    };
    if (body.storage.value !== `<p>v${version.number}</p>`)
      this.problems.push(`version ${version.number} came with ${body.storage.value}`);
    return version.number;
  }
}

const storage = (text: string) => ({ storage: { value: `<p>${text}</p>`, representation: 'storage' } });
