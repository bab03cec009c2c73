import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const startMillisMax = 20_000;

/** A reference's program as a process of its own, as services are; `word` is what it said when it was ready. */
export class ReferenceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly word: string,
  ) {}

  static async start(name: 'hello' | 'echo' | 'round', args: readonly string[] = []): Promise<ReferenceProcess> {
    const program = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    const child = fork(program, args, { env: { ...process.env, NODE_ENV: 'production' } });
    const [word] = (await once(child, 'message', { signal: AbortSignal.timeout(startMillisMax) })) as [unknown];
    return new ReferenceProcess(child, String(word));
  }

  get pid(): number {
    return this.child.pid as number;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
