/** The way to the gateway that served this application: one function for all of the REST API. */

/** Longer than any answer takes; a connection that says nothing must not keep a reader waiting. */
const requestMillisMax = 30_000;

/** A request that the server refused; `status` 0 is a server that can't be reached, or doesn't answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What the server names its reasons by, for `explained`. */
    readonly refusals: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The same request may succeed a moment later, at another gateway. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 503);

/** The wiki may not be changed now. */
export const isReadOnly = (error: unknown): boolean => error instanceof ApiError && error.status === 405;

/** What to tell of something that wasn't done. */
export function failureKey(error: unknown) {
  if (!(error instanceof ApiError)) return 'error.other.title';
  if (error.status === 401 || error.status === 403) return 'error.forbidden.title';
  if (error.status === 404) return 'error.gone';
  if (error.status === 409) return 'error.conflict';
  return isTemporary(error) ? 'error.unavailable.title' : 'error.other.title';
}

let servingNode = '';
const nodeListeners = new Set<() => void>();

/** Which node answered last, or tells what happens, for the footer. */
export const servedBy = {
  subscribe(listener: () => void): () => void {
    nodeListeners.add(listener);
    return () => nodeListeners.delete(listener);
  },
  get: (): string => servingNode,
  set(node: string): void {
    servingNode = node;
    for (const listener of nodeListeners) listener();
  },
};

const readOnlyListeners = new Set<() => void>();

/** Something was refused because the wiki is in read-only mode: whoever shows the mode asks for it anew. */
export const readOnlyRefusals = {
  subscribe(listener: () => void): () => void {
    readOnlyListeners.add(listener);
    return () => readOnlyListeners.delete(listener);
  },
};

/** Sends a request with what all have in common. Throws ApiError, or what `signal` was aborted with. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  headers.set('Accept-Language', document.documentElement.lang);
  headers.set('X-Atlassian-Token', 'no-check');
  const response = await fetchWhole(path, { ...init, headers }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, String(error));
  });
  servedBy.set(response.headers.get('X-Tributary-Node') ?? servingNode);
  if (response.ok) return response;
  throw refusalOf(response.status, await response.text().catch(() => ''), response.statusText);
}

/** An answer with its body. Its deadline ends with it: a signal of `AbortSignal.timeout` would stay in memory until its time is over. */
async function fetchWhole(path: string, init: RequestInit): Promise<Response> {
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DOMException('No answer in time', 'TimeoutError')),
    requestMillisMax,
  );
  try {
    const signal = init.signal ? AbortSignal.any([init.signal, deadline.signal]) : deadline.signal;
    const response = await fetch(path, { ...init, signal });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  } finally {
    clearTimeout(timer);
  }
}

interface ErrorBody {
  readonly message?: string;
  readonly data?: { readonly errors?: readonly { readonly message?: { readonly key?: string } }[] };
}

/** The error of a refused request; who shows the wiki's mode is told of one that is due to it. */
export function refusalOf(status: number, body: string, otherwise: string): ApiError {
  const error = errorIn(status, body, otherwise);
  if (isReadOnly(error)) for (const listener of readOnlyListeners) listener();
  return error;
}

/** What an answer's body tells of; `otherwise` where it holds nothing that can be read. */
function errorIn(status: number, body: string, otherwise: string): ApiError {
  try {
    const { message, data } = JSON.parse(body) as ErrorBody;
    return new ApiError(
      status,
      message ?? otherwise,
      data?.errors?.flatMap(({ message: each }) => each?.key ?? []),
    );
  } catch {
    return new ApiError(status, otherwise);
  }
}

/** What came with the document is as old as it; afterwards the wiki is asked again. */
const firstAnswerMillisMax = 10_000;

/** The answer to the application's first question, which the gateway put into the document; whoever takes it takes it once. */
function takeFirstAnswer(question: string): string | undefined {
  const block = document.querySelector<HTMLScriptElement>('script#first-answer');
  if (performance.now() > firstAnswerMillisMax) return undefined;
  if (block?.dataset['question'] !== question || block.dataset['language'] !== document.documentElement.lang) {
    return undefined;
  }
  block.remove();
  return block.textContent;
}

export async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  const answer = takeFirstAnswer(path);
  if (answer !== undefined) return JSON.parse(answer) as T;
  return (await send(path, { signal })).json() as Promise<T>;
}

/** Until what is being shown is painted; at once where nobody looks. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(resolve));
    else resolve();
  });

/** As `get`, for what stands beside a text: beginning to ask for it takes time of which the text has the first use. */
export async function getBeside<T>(path: string, signal: AbortSignal): Promise<T> {
  await painted();
  return get<T>(path, signal);
}

/** A page of a list; `_links.next` is there when more is. */
export interface List<T> {
  readonly results: readonly T[];
  readonly start: number;
  readonly limit: number;
  readonly size: number;
  readonly _links: { readonly next?: string };
}

/** Where a list goes on that is read some at a time; undefined where it ends. */
export const nextStart = ({ _links, start, size }: List<unknown>): number | undefined =>
  _links.next === undefined ? undefined : start + size;
