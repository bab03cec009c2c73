import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';

/** The cluster that jest-setup.mjs started. */
export const cluster = JSON.parse(process.env['TRIBUTARY_TEST_CLUSTER'] ?? '{}') as {
  readonly gateways: readonly [string, string];
  readonly password: string;
  readonly dataDir: string;
};

const answerMillisMax = 20_000;

export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
export const administrator = basic('admin', cluster.password);
/** As somebody who shows nothing. */
export const nobody = '';

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly text: string;
  readonly headers: Headers;
}

export interface Options {
  /** Value of the Authorization header; the administrator without one. */
  readonly as?: string;
  readonly headers?: Record<string, string>;
  /** 0 or 1; without it a read goes to another gateway than the write before it. */
  readonly gateway?: 0 | 1;
}

let writer: 0 | 1 = 0;

function gatewayFor(method: string): 0 | 1 {
  if (method === 'GET' || method === 'HEAD') return writer === 0 ? 1 : 0;
  writer = writer === 0 ? 1 : 0;
  return writer;
}

/** A value inside of JSON by its dotted path: `results.0.id`. */
export const at = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], json);

/** Asks the REST API. A body that isn't a form is sent as JSON. */
export async function ask(method: string, path: string, body?: unknown, options: Options = {}): Promise<Answer> {
  const { as = administrator, headers = {}, gateway = gatewayFor(method) } = options;
  const isRaw = body instanceof FormData || body instanceof URLSearchParams;
  const answer = await fetch(`${cluster.gateways[gateway]}${path}`, {
    method,
    headers: {
      ...(as ? { authorization: as } : {}),
      ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: isRaw ? body : body === undefined ? null : JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(answerMillisMax),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status: answer.status, json: isJson ? (JSON.parse(text) as Json) : {}, text, headers: answer.headers };
}

/** Asks for what must succeed, and answers its JSON. */
export async function done(method: string, path: string, body?: unknown, options?: Options): Promise<Json> {
  const answer = await ask(method, path, body, options);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return answer.json;
}

export const read = (path: string, options?: Options): Promise<Json> => done('GET', path, undefined, options);

/** The documented shape of an error, and nothing beside it. */
export const errorOf = (status: number): Json => ({
  statusCode: status,
  data: {
    authorized: status !== 401 && status !== 403,
    valid: status !== 400,
    allowedInReadOnlyMode: true,
    errors: expect.any(Array),
    successful: false,
  },
  message: expect.stringMatching(/\S/),
  reason: expect.stringMatching(/\S/),
});

/** Asks for what must be refused, holds the answer against the documented shape, and answers its message. */
export async function refused(
  status: number,
  method: string,
  path: string,
  body?: unknown,
  options?: Options,
): Promise<string> {
  const answer = await ask(method, path, body, options);
  expect([method, path, answer.status, answer.json]).toEqual([method, path, status, errorOf(status)]);
  return String(answer.json['message']);
}

/** A name that nothing else in the cluster has. */
export const newName = (prefix: string): string => `${prefix}${randomBytes(4).toString('hex')}`;

/** A user of one's own; the value is for `as`. */
export async function newUser(prefix: string): Promise<{ name: string; key: string; as: string; password: string }> {
  const name = newName(prefix);
  const password = 'a password of theirs';
  const user = await done('POST', '/rest/api/admin/user', { userName: name, fullName: `${name} Fullname`, password });
  return { name, key: String(user['userKey']), as: basic(name, password), password };
}

/** A space of one's own; answers its key. */
export async function newSpace(options?: Options): Promise<string> {
  const key = newName('S').toUpperCase();
  await done('POST', '/rest/api/space', { key, name: `Space ${key}` }, options);
  return key;
}

export const storage = (value: string) => ({ storage: { value, representation: 'storage' } });

/** A page of one's own; answers its id. */
export async function newPage(space: string, title: string, more: object = {}, options?: Options): Promise<string> {
  const page = { type: 'page', title, space: { key: space }, body: storage(`<p>Text of ${title}</p>`), ...more };
  return String((await done('POST', '/rest/api/content', page, options))['id']);
}

export const under = (parent: string) => ({ ancestors: [{ id: parent }] });

/** Changes a page as clients do: what it is now, with the next version's number. */
export async function edit(id: string, changes: object, options?: Options): Promise<Json> {
  const { version, title, type } = await read(`/rest/api/content/${id}?status=any&expand=version`);
  const number = Number(at({ version }, 'version.number')) + 1;
  return done('PUT', `/rest/api/content/${id}`, { type, title, version: { number }, ...changes }, options);
}

/** One field of each result of a list. */
export const column = (list: Json, path: string): unknown[] =>
  (list['results'] as Json[]).map((result) => at(result, path));

/** For lists whose order is not promised. */
export const sorted = (values: readonly unknown[]): string[] => values.map(String).toSorted();
