import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { callUnlessGone } from './call-unless-gone.js';

const pauseMillis = 100;

/** An edit that a gateway acknowledged. */
export interface AcknowledgedEdit {
  readonly id: string;
  readonly version: number;
  readonly storage: string;
}

interface Current {
  readonly title: string;
  readonly version: { readonly number: number };
}

/** Somebody who edits pages of a space through one gateway, one after the other, and notes what was acknowledged. */
export class SecondWriter {
  readonly acknowledged: AcknowledgedEdit[] = [];
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;

  constructor(
    private readonly cluster: RunningCluster,
    private readonly gateway: string,
    private readonly ids: readonly string[],
    private readonly onAcknowledged: (edit: AcknowledgedEdit) => void,
  ) {}

  start(): void {
    this.working = this.work();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async work(): Promise<void> {
    for (let turn = 0; !this.stopping.signal.aborted; turn += 1) {
      await this.edit(this.ids[turn % this.ids.length] as string, `<p>Edit ${turn} of a second writer</p>`);
      await sleep(pauseMillis);
    }
  }

  /** One that fails isn't acknowledged: nothing is expected of it. */
  private async edit(id: string, storage: string): Promise<void> {
    const path = `/rest/api/content/${id}`;
    const current = await this.ask('GET', path);
    if (current?.status !== 200) return;
    const { title, version } = current.json as unknown as Current;
    const next = version.number + 1;
    const answer = await this.ask('PUT', path, {
      type: 'page',
      title,
      version: { number: next, message: 'Second writer' },
      body: { storage: { value: storage, representation: 'storage' } },
    });
    if (answer?.status !== 200) return;
    const edit = { id, version: next, storage };
    this.acknowledged.push(edit);
    this.onAcknowledged(edit);
  }

  private ask(method: string, path: string, body?: unknown) {
    return callUnlessGone(this.cluster, this.gateway, method, path, body);
  }
}
