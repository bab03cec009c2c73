import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  administrator,
  ask,
  at,
  cluster,
  column,
  done,
  newPage,
  newSpace,
  newUser,
  read,
  refused,
  type Json,
  type Options,
} from './wiki.js';

const mebibyte = 1024 * 1024;
const noCheck = { 'x-atlassian-token': 'no-check' };
let space: string;
let page: string;
let other: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, other] = [await newSpace(), await newUser('other')];
});
beforeEach(async () => {
  page = await newPage(space, `Files ${randomBytes(4).toString('hex')}`);
});

const files = (path = ''): string => `/rest/api/content/${page}/child/attachment${path}`;

function formOf(named: Record<string, string>, fields: [string, string][] = []): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(named)) {
    form.append('file', new Blob([text], { type: name.endsWith('.png') ? 'image/png' : 'text/plain' }), name);
  }
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const upload = (named: Record<string, string>, fields: [string, string][] = [], options: Options = {}) =>
  done('POST', files(), formOf(named, fields), { headers: noCheck, ...options });

const idOf = (list: Json, index = 0): string => String(at(list, `results.${index}.id`));
const download = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(method, `/download/attachments/${page}/${encodeURIComponent(name)}`, undefined, { headers });

describe('uploading', () => {
  it('several files at once, with a comment for each', async () => {
    const made = await upload({ 'a.txt': 'hello', '写真 1.png': 'PNG' }, [
      ['comment', 'one'],
      ['comment', 'two'],
      ['minorEdit', 'true'],
    ]);
    expect(made).toMatchObject({
      size: 2,
      results: [
        {
          id: expect.stringMatching(/^att\d+$/),
          type: 'attachment',
          status: 'current',
          title: 'a.txt',
          version: { number: 1, minorEdit: true, by: { username: 'admin' } },
          container: { id: page },
          metadata: { comment: 'one', mediaType: 'text/plain' },
          extensions: {
            mediaType: 'text/plain',
            fileSize: 5,
            comment: 'one',
            hash: createHash('sha256').update('hello').digest('hex'),
          },
          _links: {
            download: expect.stringContaining(`/download/attachments/${page}/a.txt?version=1`),
            thumbnail: expect.any(String),
            webui: expect.any(String),
          },
        },
        { title: '写真 1.png', metadata: { comment: 'two', mediaType: 'image/png' } },
      ],
    });
    const single = await read(`/rest/api/content/${idOf(made)}?expand=version,container,history`);
    expect(single).toMatchObject({
      title: 'a.txt',
      history: { createdBy: { username: 'admin' } },
      _links: { context: '' },
    });
    const link = String(at(made, 'results.1._links.download'));
    expect((await ask('GET', link)).text).toBe('PNG');
  });

  it('needs the word that no foreign page can say, a file, and the right to attach', async () => {
    expect(await refused(403, 'POST', files(), formOf({ 'a.txt': 'x' }))).toBe('XSRF check failed');
    await refused(400, 'POST', files(), formOf({}), { headers: noCheck });
    await refused(415, 'POST', files(), { a: 1 }, { headers: noCheck });
    await refused(404, 'POST', '/rest/api/content/999999999/child/attachment', formOf({ 'a.txt': 'x' }), {
      headers: noCheck,
    });
    const create = [{ targetType: 'attachment', operationKey: 'create' }];
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/revoke`, create);
    await refused(403, 'POST', files(), formOf({ 'a.txt': 'x' }), { headers: noCheck, as: other.as });
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/grant`, create);
    expect(column(await read(files()), 'title')).toEqual([]);
  });

  it('a name again is refused, unless it is allowed and makes a version', async () => {
    const id = idOf(await upload({ 'a.txt': 'one' }));
    expect(await refused(400, 'POST', files(), formOf({ 'a.txt': 'two' }), { headers: noCheck })).toBe(
      'Cannot add a new attachment with same file name as an existing attachment: a.txt',
    );
    const again = await done('POST', files('?allowDuplicated=true'), formOf({ 'a.txt': 'two' }), { headers: noCheck });
    expect([idOf(again), at(again, 'results.0.version.number')]).toEqual([id, 2]);
    expect((await download('a.txt')).text).toBe('two');
  });

  it('new data makes a version; the old one is there still', async () => {
    const id = idOf(await upload({ 'a.txt': 'one' }));
    const next = await done('POST', files(`/${id}/data`), formOf({ 'a.txt': 'two' }, [['comment', 'newer']]), {
      headers: noCheck,
    });
    expect(next).toMatchObject({
      id,
      title: 'a.txt',
      version: { number: 2, message: 'newer' },
      extensions: { fileSize: 3 },
    });
    const versions = [1, 2].map(
      async (version) => (await ask('GET', `/download/attachments/${page}/a.txt?version=${version}`)).text,
    );
    expect(await Promise.all(versions)).toEqual(['one', 'two']);
    await refused(404, 'GET', `/download/attachments/${page}/a.txt?version=3`);
    await done('DELETE', files(`/${id}/version/1`));
    await refused(404, 'GET', `/download/attachments/${page}/a.txt?version=1`);
    await refused(400, 'DELETE', files(`/${id}/version/2`));
  });
});

describe('listing and changing', () => {
  it('by name and type', async () => {
    await upload({ 'a.txt': 'x', 'b.png': 'x', 'c.txt': 'x' });
    expect(column(await read(files()), 'title')).toEqual(['a.txt', 'b.png', 'c.txt']);
    expect(column(await read(files('?filename=b.png')), 'title')).toEqual(['b.png']);
    expect(column(await read(files('?mediaType=text/plain&start=1')), 'title')).toEqual(['c.txt']);
  });

  it('a name, a type, a comment, another page', async () => {
    const id = idOf(await upload({ 'a.txt': 'kept' }));
    const change = (fields: object) => ({ id, type: 'attachment', version: { number: 1 }, ...fields });
    const renamed = await done(
      'PUT',
      files(`/${id}`),
      change({ title: 'b.bin', metadata: { mediaType: 'application/x-b', comment: 'c' } }),
    );
    expect(renamed).toMatchObject({
      title: 'b.bin',
      version: { number: 1 },
      metadata: { mediaType: 'application/x-b', comment: 'c' },
    });
    expect((await download('b.bin')).text).toBe('kept');
    await refused(404, 'GET', `/download/attachments/${page}/a.txt`);
    await refused(409, 'PUT', files(`/${id}`), { ...change({ title: 'c' }), version: { number: 7 } });
    await upload({ 'taken.txt': 'x' });
    await refused(400, 'PUT', files(`/${id}`), change({ title: 'taken.txt' }));
    const target = await newPage(space, `Target ${id}`);
    await done('PUT', files(`/${id}`), change({ title: 'b.bin', container: { id: target, type: 'page' } }));
    expect(column(await read(`/rest/api/content/${target}/child/attachment`), 'title')).toEqual(['b.bin']);
    await done('POST', `/rest/api/content/${target}/child/attachment/${id}/move?newContentId=${page}&newName=back.txt`);
    expect(column(await read(files()), 'title')).toEqual(['back.txt', 'taken.txt']);
  });

  it('to the trash by those who may, and away for good', async () => {
    const id = idOf(await upload({ 'a.txt': 'x' }));
    await refused(403, 'DELETE', files(`/${id}`), undefined, { as: other.as });
    await refused(404, 'DELETE', `/rest/api/content/${await newPage(space, `No ${id}`)}/child/attachment/${id}`);
    await done('DELETE', files(`/${id}`));
    expect(column(await read(files()), 'title')).toEqual([]);
    for (const path of [`/rest/api/content/${id}`, `/download/attachments/${page}/a.txt`])
      await refused(404, 'GET', path);
    await refused(404, 'POST', files(`/${id}/data`), formOf({ 'a.txt': 'x' }), { headers: noCheck });
    expect((await read(`/rest/api/content/${id}?status=trashed`))['status']).toBe('trashed');
    await refused(404, 'GET', `/rest/api/content/${id}?status=trashed`, undefined, { as: other.as });
    await done('DELETE', `/rest/api/content/${id}?status=trashed`);
    await refused(404, 'GET', `/rest/api/content/${id}?status=trashed`);
    const own = idOf(await upload({ 'own.txt': 'x' }, [], { as: other.as }));
    await done('DELETE', files(`/${own}`), undefined, { as: other.as });
  });

  it('what attachments do not have yet answers 501', async () => {
    const id = idOf(await upload({ 'a.txt': 'x' }));
    for (const path of ['label', 'property', 'version', 'history', 'restriction/byOperation']) {
      await refused(501, 'GET', `/rest/api/content/${id}/${path}`);
    }
  });

  it('are watched, and no longer, as publishing clients do for each file', async () => {
    const id = idOf(await upload({ 'a.txt': 'x' }));
    const watch = `/rest/api/user/watch/content/${id}`;
    await done('DELETE', watch);
    expect(await read(watch)).toEqual({ watching: false });
    await done('POST', watch);
    expect(await read(watch)).toEqual({ watching: true });
    await done('DELETE', watch);
    expect(await read(watch)).toEqual({ watching: false });
    await refused(404, 'DELETE', '/rest/api/user/watch/content/att999999998');
  });

  it('nothing to those who may not see the page', async () => {
    const id = idOf(await upload({ 'secret.txt': 'x' }));
    const restrictions = { user: [{ type: 'known', username: 'admin' }] };
    await done('PUT', `/rest/api/content/${page}/restriction`, [{ operation: 'read', restrictions }]);
    for (const path of [
      files(),
      `/rest/api/content/${id}`,
      `/download/attachments/${page}/secret.txt`,
      `/download/thumbnails/${page}/secret.txt`,
    ]) {
      await refused(404, 'GET', path, undefined, { as: other.as });
    }
  });
});

describe('downloading', () => {
  it('names the file in every script, and guards against what it may hold', async () => {
    await upload({ "日本 'a' (1).txt": 'hello' });
    const { headers, text } = await download("日本 'a' (1).txt");
    expect(text).toBe('hello');
    expect(headers.get('content-disposition')).toMatch(
      /^inline; filename="[\x20-\x7e]+"; filename\*=UTF-8''%E6%97%A5%E6%9C%AC%20%27a%27%20%281%29\.txt$/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    await upload({ 'page.html': '<script>' });
    const form = new FormData();
    form.append('file', new Blob(['<script>'], { type: 'text/html' }), 'real.html');
    await done('POST', files(), form, { headers: noCheck });
    expect((await download('real.html')).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('only what is new, and parts', async () => {
    await upload({ 'a.txt': '0123456789' });
    const whole = await download('a.txt');
    const etag = whole.headers.get('etag') ?? '';
    expect([whole.headers.get('accept-ranges'), whole.headers.get('content-length')]).toEqual(['bytes', '10']);
    const modified = whole.headers.get('last-modified') ?? '';
    const cases: [Record<string, string>, number, string, string | null][] = [
      [{ 'if-none-match': etag }, 304, '', null],
      [{ 'if-none-match': `"x", W/${etag}` }, 304, '', null],
      [{ 'if-none-match': '*' }, 304, '', null],
      [{ 'if-none-match': '"x"' }, 200, '0123456789', null],
      [{ 'if-modified-since': modified }, 304, '', null],
      [{ range: 'bytes=2-4' }, 206, '234', 'bytes 2-4/10'],
      [{ range: 'bytes=7-' }, 206, '789', 'bytes 7-9/10'],
      [{ range: 'bytes=-2' }, 206, '89', 'bytes 8-9/10'],
      [{ range: 'bytes=0-99' }, 206, '0123456789', 'bytes 0-9/10'],
      [{ range: 'bytes=2-4', 'if-range': etag }, 206, '234', 'bytes 2-4/10'],
      [{ range: 'bytes=2-4', 'if-range': '"x"' }, 200, '0123456789', null],
      [{ range: 'nonsense' }, 200, '0123456789', null],
    ];
    for (const [headers, status, text, range] of cases) {
      const answer = await download('a.txt', headers);
      expect([headers, answer.status, answer.text, answer.headers.get('content-range')]).toEqual([
        headers,
        status,
        text,
        range,
      ]);
    }
    const beyond = await download('a.txt', { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const head = await download('a.txt', {}, 'HEAD');
    expect([head.status, head.text, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
      200,
      '',
      '10',
      etag,
    ]);
  });

  it('an empty file', async () => {
    await upload({ 'empty.txt': '' });
    expect(await download('empty.txt')).toMatchObject({ status: 200, text: '' });
  });
});

describe('large files', () => {
  const sizeBytes = 100 * mebibyte;
  /** Less than the file: what is under way, and what the collector hasn't come to yet. */
  const growthMax = 90 * mebibyte;

  it('of 100 MiB stream both ways while the memory of the gateways stays flat', async () => {
    const gateways = await gatewayProcesses();
    const rest = await Promise.all(gateways.map(memoryOf));
    const peaks = watchMemory(gateways);
    const piece = randomBytes(mebibyte);
    const sent = createHash('sha256');
    await send('large.bin', sizeBytes / mebibyte, piece, (chunk) => sent.update(chunk));
    const [listed] = (await read(files()))['results'] as Json[];
    const digest = sent.digest('hex');
    expect(listed).toMatchObject({ extensions: { fileSize: sizeBytes, hash: digest } });
    const answer = await fetch(`${cluster.gateways[1]}/download/attachments/${page}/large.bin`, {
      headers: { authorization: administrator },
    });
    const received = createHash('sha256');
    for await (const chunk of answer.body ?? []) received.update(chunk);
    expect(received.digest('hex')).toBe(digest);
    const growth = (await peaks.stop()).map((peak, index) => peak - (rest[index] ?? 0));
    expect(Math.max(...growth)).toBeLessThan(growthMax);
  });

  it('that break off, or are too large, leave nothing behind', async () => {
    const before = await storedFiles();
    await expect(send('cut.bin', 100, randomBytes(mebibyte), () => undefined, 10)).rejects.toThrow();
    await expect(send('large.bin', 101, randomBytes(mebibyte), () => undefined)).rejects.toThrow('413');
    expect(column(await read(files()), 'title')).toEqual([]);
    const deadline = Date.now() + 10_000;
    while ((await storedFiles()) !== before) {
      if (Date.now() > deadline) throw new Error('The bytes of the upload that broke off are still there');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

/** Uploads pieces as one file, at the pace at which they are taken; cuts the connection after `cutAfter` of them. */
function send(
  name: string,
  pieces: number,
  piece: Buffer,
  onPiece: (piece: Buffer) => void,
  cutAfter = Infinity,
): Promise<void> {
  const boundary = 'tributary-boundary';
  return new Promise((resolve, reject) => {
    const post = request(`${cluster.gateways[0]}${files()}`, {
      method: 'POST',
      headers: {
        authorization: administrator,
        ...noCheck,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
    });
    post.on('error', reject);
    post.on('response', (answer) => {
      answer
        .resume()
        .on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`))));
    });
    post.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    );
    let sent = 0;
    const more = (): void => {
      while (sent < pieces) {
        if (sent >= cutAfter) {
          post.destroy(new Error('cut'));
          return;
        }
        sent += 1;
        onPiece(piece);
        if (!post.write(piece)) {
          post.once('drain', more);
          return;
        }
      }
      post.end(`\r\n--${boundary}--\r\n`);
    };
    more();
  });
}

async function gatewayProcesses(): Promise<number[]> {
  const nodes = JSON.parse(await readFile(join(cluster.dataDir, 'cluster.json'), 'utf8')) as {
    service: string;
    pid: number;
  }[];
  return nodes.filter((node) => node.service === 'gateway').map((node) => node.pid);
}

/** A process's resident memory, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

function watchMemory(pids: readonly number[]): { stop(): Promise<number[]> } {
  const peaks = pids.map(() => 0);
  let stopped = false;
  const watch = async (): Promise<void> => {
    while (!stopped) {
      const now = await Promise.all(pids.map(memoryOf));
      now.forEach((bytes, index) => (peaks[index] = Math.max(peaks[index] ?? 0, bytes)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopped = true;
      await watching;
      return peaks;
    },
  };
}

/** How many files the object store holds, unfinished ones too. */
async function storedFiles(): Promise<number> {
  const entries = await readdir(join(cluster.dataDir, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
