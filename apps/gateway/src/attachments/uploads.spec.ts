import { connect, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { badRequest, unavailable } from '@tributary/contracts';
import { openObjectStore, type ObjectStore } from '@tributary/object-store';
import type { ServiceConfig } from '@tributary/platform';
import fastify, { type FastifyInstance } from 'fastify';
import { pathToFileURL } from 'node:url';
import { readBodies } from '../edge/body-parsers.js';
import type { GatewayContext } from '../gateway-context.js';
import { Uploads, type Upload } from './uploads.js';

const fileBytesMax = 200_000;

let folder: string;
let store: ObjectStore;
let server: FastifyInstance;
let address: string;
let use: (upload: Upload) => Promise<unknown>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-uploads-'));
  store = openObjectStore(pathToFileURL(folder).href);
  const config = { attachmentBytesMax: fileBytesMax } as ServiceConfig;
  const uploads = new Uploads({ config, files: store } as GatewayContext);
  server = fastify();
  readBodies(server);
  server.post('/', (request) => uploads.receive(request, (upload) => use(upload)));
  address = await server.listen({ host: '127.0.0.1', port: 0 });
  use = async ({ files, fields }) => ({
    names: files.map((file) => file.fileName),
    sizes: files.map(({ file }) => file.sizeBytes),
    comments: fields.get('comment'),
  });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function stored(): Promise<number> {
  let count = 0;
  for await (const _ of store.list()) count += 1;
  return count;
}

async function send(files: Record<string, number>, fields: [string, string][] = []) {
  const form = new FormData();
  for (const [name, sizeBytes] of Object.entries(files))
    form.append('file', new Blob([Buffer.alloc(sizeBytes, name)]), name);
  for (const [name, value] of fields) form.append(name, value);
  const answer = await fetch(address, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Sends a request that ends inside its file: by its last boundary missing, or by the connection. */
function sendBroken(declaredBytes: number): Promise<string> {
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
  const head = `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${declaredBytes || part.length}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write(head + part);
      if (declaredBytes > 0) socket.end();
    });
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

describe('uploads', () => {
  it("keep the form's order, whatever is stored first", async () => {
    const { body } = await send({ large: 150_000, b: 1, c: 0, 'ü 日本.txt': 2 }, [
      ['comment', 'one'],
      ['comment', 'two'],
    ]);
    expect(body).toEqual({
      names: ['large', 'b', 'c', 'ü 日本.txt'],
      sizes: [150_000, 1, 0, 2],
      comments: ['one', 'two'],
    });
    expect(await stored()).toBe(4);
  });

  it('refuse what is too large, and keep nothing of the request', async () => {
    const { status } = await send({ small: 10, large: fileBytesMax + 1 });
    expect(status).toBe(413);
    expect(await stored()).toBe(0);
  });

  it('refuse a form without a file', async () => {
    expect((await send({}, [['comment', 'alone']])).status).toBe(400);
  });

  it('take back what was refused, and leave what was recorded', async () => {
    use = async (upload) => {
      upload.recorded.add(upload.files[0] as Upload['files'][number]);
      throw badRequest('the second one is refused');
    };
    expect((await send({ a: 10, b: 10 })).status).toBe(400);
    expect(await stored()).toBe(1);
  });

  it('leave what may have been recorded by an answer that stayed away', async () => {
    use = async () => {
      throw unavailable('no answer in time');
    };
    expect((await send({ a: 10 })).status).toBe(503);
    expect(await stored()).toBe(1);
  });

  it('end when their form ends inside a file', async () => {
    expect(await sendBroken(0)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await stored()).toBe(0);
  });

  it('end when their client goes away, and the server lives on', async () => {
    await sendBroken(1_000_000);
    await expectSoon(stored, 0);
    expect((await send({ a: 1 })).status).toBe(200);
  });
});

async function expectSoon(value: () => Promise<number>, expected: number): Promise<void> {
  const until = performance.now() + 5_000;
  while ((await value()) !== expected && performance.now() < until) await new Promise(setImmediate);
  expect(await value()).toBe(expected);
}
