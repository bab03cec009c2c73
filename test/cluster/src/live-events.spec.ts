import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster } from '@tributary/test-servers';
import { storage } from './requests.js';

const waitMillisMax = 15_000;

interface LiveEvent {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** Somebody's stream at one gateway, from its first event on. */
class Stream {
  readonly events: LiveEvent[] = [];
  hasEnded = false;
  private readonly leaving = new AbortController();

  static async open(gateway: string, query: string, authorization?: string): Promise<Stream> {
    const stream = new Stream();
    const response = await fetch(`${gateway}/rest/tributary/1/events?${query}`, {
      ...(authorization && { headers: { authorization } }),
      signal: stream.leaving.signal,
    });
    expect(response.status).toBe(200);
    void stream.read(response);
    await stream.has(({ name }) => name === 'here');
    return stream;
  }

  leave(): void {
    this.leaving.abort();
  }

  async has(wanted: (event: LiveEvent) => boolean): Promise<void> {
    await until(
      () => this.events.some(wanted),
      () => JSON.stringify(this.events),
    );
  }

  /** Ids of the contents that were told of. */
  ids(): unknown[] {
    return this.events.flatMap(({ data }) => (data['id'] === undefined ? [] : [data['id']]));
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    try {
      for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // It was left, or its gateway died: for a reader the same.
    }
    this.hasEnded = true;
  }

  private take(block: string): void {
    const name = /^event: (.*)$/m.exec(block)?.[1];
    if (name) this.events.push({ name, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as never });
  }
}

async function until(holds: () => boolean, told: () => string = () => ''): Promise<void> {
  const end = Date.now() + waitMillisMax;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not happen in time ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const outsider = `Basic ${Buffer.from('outsider:outsider-password').toString('base64')}`;
let cluster: RunningCluster;
const gateway = (index: number): string => cluster.gateways[index] ?? '';

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 2 });
  await call('POST', '/rest/api/admin/user', {
    userName: 'outsider',
    fullName: 'Outsider',
    email: 'outsider@example.org',
    password: 'outsider-password',
  });
  await call('POST', '/rest/api/space', { key: 'LIVE', name: 'Live' });
}, 120_000);
afterAll(() => cluster.stop());

async function call(method: string, path: string, body?: unknown): Promise<Record<string, never>> {
  const { status, json } = await cluster.call(gateway(0), method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

let count = 0;
async function page(): Promise<string> {
  count += 1;
  const made = { type: 'page', title: `Page ${count}`, space: { key: 'LIVE' }, body: storage('<p>one</p>') };
  return (await call('POST', '/rest/api/content', made))['id'] as unknown as string;
}
const edit = (id: string, number: number) =>
  call('PUT', `/rest/api/content/${id}`, {
    type: 'page',
    title: `Edited ${id}`,
    version: { number },
    body: storage('<p>two</p>'),
  });

describe('events for readers', () => {
  it('tell at the other gateway that a page changed, and of a comment on it', async () => {
    const id = await page();
    const stream = await Stream.open(gateway(1), `content=${id}`, outsider);
    await edit(id, 2);
    await stream.has(({ name, data }) => name === 'content' && data['id'] === id && data['version'] === 2);
    await call('POST', '/rest/api/content', {
      type: 'comment',
      container: { id, type: 'page' },
      body: storage('<p>yes</p>'),
    });
    await stream.has(({ name, data }) => name === 'comment' && data['contentId'] === id);
    stream.leave();
  });

  it('tell of the space whose tree is shown, and of nothing else', async () => {
    const other = await page();
    await call('POST', '/rest/api/space', { key: 'ELSE', name: 'Elsewhere' });
    const stream = await Stream.open(gateway(1), 'space=ELSE', outsider);
    await edit(other, 2);
    const made = { type: 'page', title: 'New', space: { key: 'ELSE' }, body: storage('<p>new</p>') };
    const { id } = await call('POST', '/rest/api/content', made);
    await stream.has(({ data }) => data['id'] === id);
    expect(stream.ids()).not.toContain(other);
    stream.leave();
  });

  it('tell nothing of what one may not see, from the moment that one may not', async () => {
    const secret = await page();
    const open = await page();
    const streams = await Promise.all([
      Stream.open(gateway(0), `content=${secret}&space=LIVE`, outsider),
      Stream.open(gateway(1), `content=${secret}&space=LIVE`, outsider),
    ]);
    const insider = await Stream.open(gateway(1), `content=${secret}&space=LIVE`, cluster.administrator);
    await call('PUT', `/rest/experimental/content/${secret}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }] } },
    ]);
    const told = streams.map((stream) => stream.events.length);
    await edit(secret, 2);
    await call('POST', '/rest/api/content', {
      type: 'comment',
      container: { id: secret, type: 'page' },
      body: storage('<p>hush</p>'),
    });
    await insider.has(({ name }) => name === 'comment');
    // What is told after the secret's changes shows that those were passed over.
    await edit(open, 2);
    for (const [index, stream] of streams.entries()) {
      await stream.has(({ data }) => data['id'] === open);
      expect(JSON.stringify(stream.events.slice(told[index]))).not.toContain(`"${secret}"`);
      stream.leave();
    }
    insider.leave();
  });

  it('are not for strangers where the site isn’t open to them, nor for what is no id', async () => {
    const strangers = await fetch(`${gateway(0)}/rest/tributary/1/events?space=LIVE`);
    expect(strangers.status).toBe(401);
    const headers = { authorization: outsider };
    expect((await fetch(`${gateway(0)}/rest/tributary/1/events?content=1;2`, { headers })).status).toBe(400);
  });

  it('are limited for one user, and others still get theirs', async () => {
    const query = 'space=LIVE';
    const streams = await Promise.all(Array.from({ length: 20 }, () => Stream.open(gateway(0), query, outsider)));
    const headers = { authorization: outsider };
    const more = await fetch(`${gateway(0)}/rest/tributary/1/events?${query}`, { headers });
    expect(more.status).toBe(429);
    (await Stream.open(gateway(0), query, cluster.administrator)).leave();
    for (const stream of streams) stream.leave();
    await until(() => streams.every(({ hasEnded }) => hasEnded));
    let again = 429;
    for (let attempt = 0; attempt < 50 && again === 429; attempt += 1) {
      const leaving = new AbortController();
      again = (await fetch(`${gateway(0)}/rest/tributary/1/events?${query}`, { headers, signal: leaving.signal }))
        .status;
      leaving.abort();
    }
    expect(again).toBe(200);
  });

  it('end when their gateway drains, and go on at the other one', async () => {
    const stream = await Stream.open(gateway(1), 'space=LIVE', outsider);
    await cluster.drain('gateway-2');
    await until(() => stream.hasEnded);
    const headers = { authorization: outsider };
    expect((await fetch(`${gateway(1)}/rest/tributary/1/events?space=LIVE`, { headers })).status).toBe(503);
    (await Stream.open(gateway(0), 'space=LIVE', outsider)).leave();
  });
});
