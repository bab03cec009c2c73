import { readFileSync } from 'node:fs';
import type { DataFolder, NodeEntry } from '../data-folder.js';
import { OperatorError, sentence } from '../operator-error.js';

/** A cluster that changes its mode waits for writes under way; longer than that is no answer. */
const answerMillisMax = 30_000;

export interface RestOptions {
  /** A gateway, or the load balancer before them; else the first gateway of the data folder's cluster that runs. */
  readonly url?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Asks the REST API as a system administrator: what the command does is what anyone with the rights could do, and leaves its record. */
export class RestClient {
  private constructor(
    private readonly base: string,
    private readonly authorization: string,
  ) {}

  static of(folder: DataFolder, { url, env }: RestOptions): RestClient {
    const user = env['TRIBUTARY_USER'] ?? 'admin';
    const password = env['TRIBUTARY_PASSWORD'] ?? passwordIn(folder);
    const authorization = env['TRIBUTARY_TOKEN']
      ? `Bearer ${env['TRIBUTARY_TOKEN']}`
      : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    return new RestClient((url ?? gatewayIn(folder)).replace(/\/$/, ''), authorization);
  }

  get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path);
  }

  /** Throws OperatorError with the answer's own words when it isn't a success. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.base}/rest/${path}`, {
      method,
      headers: {
        authorization: this.authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMillisMax),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause ? error.cause : error;
      throw new OperatorError(`The gateway at ${this.base} can't be asked: ${sentence(cause)}.`, { cause: error });
    });
    const text = await answer.text();
    if (!answer.ok) throw new OperatorError(`The cluster answered ${answer.status}: ${messageIn(text)}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.slice(0, 200);
  }
}

function passwordIn(folder: DataFolder): string {
  try {
    return readFileSync(folder.file('admin-password'), 'utf8').trim();
  } catch (error) {
    throw new OperatorError(
      `${folder.file('admin-password')} can't be read: set TRIBUTARY_PASSWORD, and TRIBUTARY_USER if it isn't admin's.`,
      { cause: error },
    );
  }
}

function gatewayIn(folder: DataFolder): string {
  let nodes: NodeEntry[];
  try {
    nodes = JSON.parse(readFileSync(folder.file('cluster.json'), 'utf8')) as NodeEntry[];
  } catch (error) {
    throw new OperatorError(`No cluster is known in ${folder.path}: name a gateway with --url.`, { cause: error });
  }
  const gateway = nodes.find(({ service, state }) => service === 'gateway' && state === 'running');
  if (!gateway) throw new OperatorError(`No gateway of ${folder.path} runs: name one with --url.`);
  return gateway.url;
}
