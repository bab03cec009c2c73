export interface RestAnswer {
  readonly status: number;
  readonly json: Record<string, never>;
}

export const authorizationOf = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Asks the REST API; rejects when the gateway can't be reached. */
export async function restCall(
  authorization: string,
  url: string,
  { method, body, signal }: { method: string; body?: unknown; signal?: AbortSignal | undefined },
): Promise<RestAnswer> {
  const response = await fetch(url, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  // What a load balancer says is a page.
  const isJson = text !== '' && !response.headers.get('content-type')?.startsWith('text/html');
  return { status: response.status, json: (isJson ? JSON.parse(text) : {}) as Record<string, never> };
}
