import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@tributary/test-servers';
import { goProgram } from './go-program.js';

/** How long the checker looks for an order, and how much longer its process may take. */
const [checkMillisMax, spareMillis] = [60_000, 30_000];

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
   * with a drawing; the answer says where. Throws when the checker comes to no verdict: that proves neither.
   */
  async check(millisMax = checkMillisMax): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-history-'));
    const [history, drawing] = [join(folder, 'history.jsonl'), join(folder, 'drawing.html')];
    await writeFile(history, this.operations.map((operation) => JSON.stringify(operation)).join('\n'));
    const args = [history, drawing, `${millisMax}ms`];
    const verdict = (await runCommand(await goProgram('porcupine'), args, millisMax + spareMillis)).trim();
    if (verdict === 'Illegal') return `not linearizable: see ${drawing}`;
    if (verdict !== 'Ok') throw new Error(`The checker came to no verdict on ${history}: ${verdict}`);
    await rm(folder, { recursive: true });
    return 'linearizable';
  }
}
