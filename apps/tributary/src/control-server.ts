import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { innerHost } from './launchers.js';
import { OperatorError, sentence } from './operator-error.js';
import type { Supervisor } from './supervisor.js';

/** What the other commands may ask the running one. Their clients are `control-client.ts` only. */
export interface Controlled {
  readonly supervisor: Supervisor;
  /** The cluster is wanted down; returns at once. */
  readonly down: () => void;
}

/** A request is a word or two. */
const bodyBytesMax = 4_096;

/** The running command's ear: HTTP on this machine, for who can read the token in the data folder. */
export class ControlServer {
  private controlled: Controlled | undefined;

  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {
    server.on('request', (request, response) => void this.handle(request, response));
  }

  static async listen(token: string): Promise<ControlServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, innerHost, resolve);
    });
    return new ControlServer(server, token);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on there is something to control. */
  control(controlled: Controlled): void {
    this.controlled = controlled;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeIdleConnections();
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(body));
    };
    if (!this.authorized(request)) return answer(401, { message: 'The token is wrong.' });
    if (!this.controlled) return answer(503, { message: 'The cluster is not controlled yet: try again.' });
    try {
      answer(200, await perform(this.controlled, request));
    } catch (error) {
      answer(error instanceof OperatorError ? 400 : 500, { message: sentence(error) });
    }
  }

  private authorized(request: IncomingMessage): boolean {
    const shown = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.token}`);
    return shown.length === wanted.length && timingSafeEqual(shown, wanted);
  }
}

async function perform({ supervisor, down }: Controlled, request: IncomingMessage): Promise<unknown> {
  const body = await bodyOf(request);
  switch (`${request.method} ${request.url}`) {
    case 'GET /nodes':
      return supervisor.entries;
    case 'POST /add':
      return await supervisor.add(String(body['service']));
    case 'POST /stop':
      return await supervisor.stop(String(body['nodeId']), body['kill'] === true).then(() => ({}));
    case 'POST /drain':
      supervisor.drain(String(body['nodeId']));
      return {};
    case 'POST /down':
      down();
      return {};
    default:
      throw new OperatorError(`Nobody answers ${request.method} ${request.url}: is this command of another version?`);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > bodyBytesMax) throw new OperatorError('The request is too long.');
  }
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
