/** What the REST API answers, as far as this application reads it. */
export interface User {
  readonly type: 'known' | 'anonymous';
  readonly username?: string;
  readonly displayName: string;
}
export interface Space {
  readonly key: string;
  readonly name: string;
  readonly type: 'global' | 'personal';
  readonly description?: { readonly plain?: { readonly value: string } };
  readonly homepage?: { readonly id: string };
}
export interface Version {
  readonly number: number;
  readonly when: string;
  readonly message: string;
  readonly by: { readonly displayName: string };
}
export interface Content {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly status: string;
  readonly space: Space;
  readonly version: Version;
  readonly body?: { readonly view?: { readonly value: string } };
  readonly ancestors?: readonly {
    readonly id: string;
    readonly title: string;
    readonly _links: { readonly webui: string };
  }[];
  readonly metadata?: { readonly labels?: { readonly results: readonly { readonly name: string }[] } };
  readonly children?: { readonly page?: { readonly size: number } };
  readonly _links: { readonly webui: string };
}
export interface List<T> {
  readonly results: readonly T[];
  readonly size: number;
  readonly _links: { readonly next?: string };
}

/** A request that the server refused; `status` 0 is a server that can't be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let servingNode = '';
const nodeListeners = new Set<() => void>();

/** Which node answered last, for the footer. */
export const servedBy = {
  subscribe(listener: () => void): () => void {
    nodeListeners.add(listener);
    return () => nodeListeners.delete(listener);
  },
  get: (): string => servingNode,
};

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  headers.set('Accept-Language', document.documentElement.lang);
  headers.set('X-Atlassian-Token', 'no-check');
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    // An abort is the caller's own wish.
    if (error instanceof DOMException) throw error;
    throw new ApiError(0, String(error));
  }
  servingNode = response.headers.get('X-Tributary-Node') ?? servingNode;
  for (const listener of nodeListeners) listener();
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as { message?: string };
  throw new ApiError(response.status, body.message ?? response.statusText);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send(path, { signal: signal ?? null })).json() as Promise<T>;
}

export const currentUser = (signal?: AbortSignal): Promise<User> => get('/rest/api/user/current', signal);

export async function signIn(username: string, password: string, remember: boolean): Promise<User> {
  const form = new URLSearchParams({ os_username: username, os_password: password, os_cookie: String(remember) });
  return (await send('/dologin.action', { method: 'POST', body: form })).json() as Promise<User>;
}

export async function signOut(): Promise<void> {
  await send('/logout.action', { method: 'POST' });
}

const pageExpand = 'body.view,version,space,ancestors,metadata.labels';

export const readPage = (id: string, version: number | undefined, signal: AbortSignal): Promise<Content> =>
  get(
    `/rest/api/content/${encodeURIComponent(id)}?expand=${pageExpand}${version === undefined ? '' : `&status=historical&version=${version}`}`,
    signal,
  );

export async function findPage(spaceKey: string, title: string, signal: AbortSignal): Promise<string> {
  const query = new URLSearchParams({ spaceKey, title, limit: '1' });
  const [found] = (await get<List<{ id: string }>>(`/rest/api/content?${query.toString()}`, signal)).results;
  if (!found) throw new ApiError(404, title);
  return found.id;
}

/** Children of a page with whether they have children themselves; at most 200, as many as one list shows. */
export const listChildren = (id: string, signal?: AbortSignal): Promise<List<Content>> =>
  get(`/rest/api/content/${id}/child/page?limit=200`, signal);

export const listRoots = (spaceKey: string, signal?: AbortSignal): Promise<List<Content>> =>
  get(`/rest/api/space/${encodeURIComponent(spaceKey)}/content/page?depth=root&limit=200`, signal);

export const listVersions = (id: string, signal: AbortSignal): Promise<List<Version>> =>
  get(`/rest/api/content/${encodeURIComponent(id)}/version?limit=50`, signal);

export const readSpace = (key: string, signal: AbortSignal): Promise<Space> =>
  get(`/rest/api/space/${encodeURIComponent(key)}?expand=homepage,description.plain`, signal);

export const listSpaces = (start: number, signal?: AbortSignal): Promise<List<Space>> =>
  get(`/rest/api/space?expand=description.plain&limit=50&start=${start}`, signal);
