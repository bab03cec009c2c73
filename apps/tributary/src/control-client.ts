import { request } from 'node:http';
import type { DataFolder, NodeEntry } from './data-folder.js';
import { innerHost } from './launchers.js';
import { OperatorError, sentence } from './operator-error.js';
import { commandOf } from './processes.js';
import { lockHolder, type RunLock } from './run-lock.js';
import { sleep } from '@tributary/platform';

/** A copy that is added may take its start's whole time. */
const answerMillisMax = 120_000;
/** `down` promises 10 s; a little more for a machine that is busy. */
const downMillisMax = 20_000;
const pollMillis = 100;

/** Asks the process that runs the cluster of a data folder. */
export class ControlClient {
  private constructor(
    private readonly lock: RunLock,
    private readonly folder: DataFolder,
  ) {}

  /** Throws when no cluster runs there. */
  static async of(folder: DataFolder): Promise<ControlClient> {
    const lock = await lockHolder(folder);
    if (!lock)
      throw new OperatorError(`No cluster runs on the data folder ${folder.path}: start it with "tributary up".`);
    return new ControlClient(lock, folder);
  }

  async nodes(): Promise<NodeEntry[]> {
    return (await this.ask('GET', '/nodes')) as NodeEntry[];
  }

  async add(service: string): Promise<NodeEntry> {
    return (await this.ask('POST', '/add', { service })) as NodeEntry;
  }

  async stop(nodeId: string, kill: boolean): Promise<void> {
    await this.ask('POST', '/stop', { nodeId, kill });
  }

  async drain(nodeId: string): Promise<void> {
    await this.ask('POST', '/drain', { nodeId });
  }

  /** Resolves when the cluster is gone. */
  async down(): Promise<void> {
    await this.ask('POST', '/down');
    const end = performance.now() + downMillisMax;
    while (await commandOf(this.lock.pid)) {
      if (performance.now() > end) {
        throw new OperatorError(`Process ${this.lock.pid} still runs; see ${this.folder.logs}.`);
      }
      await sleep(pollMillis);
    }
  }

  /** Not `fetch`: its connections outlive an answer, and a command ends with its answer. */
  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request({
        host: innerHost,
        port: this.lock.port,
        method,
        path,
        headers: { authorization: `Bearer ${this.lock.token}` },
        timeout: answerMillisMax,
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${answerMillisMax} ms`)));
      asked.on('error', reject);
      asked.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      asked.end(body ? JSON.stringify(body) : undefined);
    }).catch((error: unknown) => {
      throw new OperatorError(`The running cluster (process ${this.lock.pid}) doesn't answer: ${sentence(error)}.`, {
        cause: error,
      });
    });
    const answer = JSON.parse(text) as { message?: string };
    if (status !== 200) throw new OperatorError(answer.message ?? `The running cluster answered ${status}.`);
    return answer;
  }
}
