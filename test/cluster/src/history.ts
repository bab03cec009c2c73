import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@tributary/test-servers';
import { goProgram } from './go-program.js';

/** The program itself gives up after a minute. */
const checkMillisMax = 90_000;

/** What a client did and saw; times are nanoseconds of this process's monotonic clock. */
export interface Operation {
  readonly client: number;
  readonly key: string;
  readonly kind: 'read' | 'write';
  /** What was read, or what was to be written. */
  readonly version: number;
  readonly outcome: 'ok' | 'conflict' | 'unknown';
  readonly call: number;
  readonly return: number;
}

/** A recorded history of operations on contents, for the linearizability checker. */
export class History {
  readonly operations: Operation[] = [];

  now(): number {
    return Math.round(performance.now() * 1e6);
  }

  add(operation: Operation): void {
    this.operations.push(operation);
  }

  /**
   * Whether one order of all operations explains what everybody saw, as porcupine finds. A history that has none is kept
   * with a drawing; the answer says where.
   */
  async check(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-history-'));
    const [history, drawing] = [join(folder, 'history.jsonl'), join(folder, 'drawing.html')];
    await writeFile(history, this.operations.map((operation) => JSON.stringify(operation)).join('\n'));
    try {
      await runCommand(await goProgram('porcupine'), [history, drawing], checkMillisMax);
      await rm(folder, { recursive: true });
      return 'linearizable';
    } catch (error) {
      return `not linearizable: see ${drawing} (${String(error)})`;
    }
  }
}
