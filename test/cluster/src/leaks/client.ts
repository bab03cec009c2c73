/** Asks the REST API as somebody; what came back as it came. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: string;
}

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly form?: FormData;
}

/** Somebody who reads and writes through gateways; without a password a stranger. */
export class Somebody {
  private constructor(
    readonly name: string,
    private readonly authorization: string | undefined,
  ) {}

  static readonly anonymous = new Somebody('anonymous', undefined);

  static withPassword(name: string, password: string): Somebody {
    return new Somebody(name, `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
  }

  /** The same by a token of their own: without caches each password costs a slow hash. */
  async withToken(gateway: string): Promise<Somebody> {
    const made = await this.ask(gateway, '/rest/pat/latest/tokens', { method: 'POST', body: { name: 'of a test' } });
    return new Somebody(this.name, `Bearer ${(JSON.parse(made.text) as { rawToken: string }).rawToken}`);
  }

  async ask(gateway: string, path: string, { method = 'GET', body, form }: Asked = {}): Promise<Reply> {
    const reply = await fetch(`${gateway}${path}`, {
      method,
      headers: {
        'x-atlassian-token': 'no-check',
        ...(this.authorization ? { authorization: this.authorization } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: form ?? (body === undefined ? null : JSON.stringify(body)),
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
    });
    return {
      status: reply.status,
      text: await reply.text(),
      headers: JSON.stringify([...reply.headers].filter(([name]) => !['date', 'set-cookie'].includes(name))),
    };
  }

  /** Asks for what must succeed; its JSON. */
  async do<T = { id: string }>(gateway: string, method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.ask(
      gateway,
      path,
      body instanceof FormData ? { method, form: body } : { method, body },
    );
    if (status >= 300) throw new Error(`${method} ${path} as ${this.name}: ${status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }
}
