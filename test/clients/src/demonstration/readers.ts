import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { callUnlessGone } from './call-unless-gone.js';

const readersCount = 4;
const pauseMillis = 10;

interface Seen {
  readonly version: { readonly number: number };
  readonly body: { readonly storage: { readonly value: string } };
}

/** Readers who go from one address to the next, and note whatever is older than what was known when they asked. */
export class Readers {
  readonly stale: string[] = [];
  /** A version that had two bodies. */
  readonly mixed: string[] = [];
  reads = 0;
  private readonly newest = new Map<string, number>();
  private readonly bodies = new Map<string, string>();
  private readonly stopping = new AbortController();
  private working: Promise<void>[] = [];

  constructor(
    private readonly cluster: RunningCluster,
    private readonly addresses: readonly string[],
    private readonly ids: readonly string[],
  ) {}

  start(): void {
    this.working = Array.from({ length: readersCount }, (_, reader) => this.work(reader));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.working);
  }

  /** A version that was acknowledged to somebody: from now on no reader may see an older one. */
  noteAcknowledged(id: string, version: number): void {
    this.newest.set(id, Math.max(version, this.newest.get(id) ?? 0));
  }

  /** Reads a page once; false when the address gave no answer. */
  async read(address: string, id: string): Promise<boolean> {
    const known = this.newest.get(id) ?? 0;
    const seen = await this.ask(address, `/rest/api/content/${id}?expand=version,body.storage`);
    if (!seen) return false;
    this.reads += 1;
    const version = seen.version.number;
    if (version < known) this.stale.push(`${id} over ${address}: version ${version} after ${known}`);
    this.noteAcknowledged(id, version);
    const body = seen.body.storage.value;
    if ((this.bodies.get(`${id}:${version}`) ?? body) !== body) this.mixed.push(`${id}: version ${version}`);
    this.bodies.set(`${id}:${version}`, body);
    return true;
  }

  private async work(reader: number): Promise<void> {
    for (let turn = reader; !this.stopping.signal.aborted; turn += readersCount) {
      const address = this.addresses[turn % this.addresses.length] as string;
      await this.read(address, this.ids[(turn * 7) % this.ids.length] as string);
      await sleep(pauseMillis);
    }
  }

  private async ask(address: string, path: string): Promise<Seen | undefined> {
    const answer = await callUnlessGone(this.cluster, address, 'GET', path);
    if (answer?.status === 404) this.stale.push(`${path} over ${address}: not there`);
    return answer?.status === 200 ? (answer.json as unknown as Seen) : undefined;
  }
}
