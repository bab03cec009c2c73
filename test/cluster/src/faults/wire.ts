import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a cable does to what it carries. `out` is from the host to the others. */
export interface Weather {
  readonly cut?: 'out' | 'in' | 'both';
  readonly delayMillis?: number;
  /** Part of the frames, from 0 to 1. */
  readonly loss?: number;
  readonly seed: number;
}

/** A bad cable: a process that carries frames between two network interfaces that it makes. */
export class Wire {
  private constructor(private readonly child: ChildProcess) {}

  /** `program` is the built `test/cluster/wire`, run by the command `within`. */
  static async open(
    program: string,
    within: readonly [string, ...string[]],
    [near, far]: readonly [string, string],
    weather: Weather,
  ): Promise<Wire> {
    const [command, ...args] = within;
    const child = spawn(command, [...args, program, ...flagsOf(weather), near, far], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    // Its standard input ends with this process.
    child.stdin.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`${program} ended before it carried anything`)));
    });
    return new Wire(child);
  }

  async close(): Promise<void> {
    const end = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await end;
  }
}

function flagsOf({ cut, delayMillis, loss, seed }: Weather): string[] {
  return [
    ...(cut ? [`--cut=${cut}`] : []),
    ...(delayMillis ? [`--delay=${delayMillis}ms`] : []),
    ...(loss ? [`--loss=${loss}`] : []),
    `--seed=${seed}`,
  ];
}
