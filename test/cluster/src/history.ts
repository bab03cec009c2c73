import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checkerSource = fileURLToPath(new URL('../porcupine', import.meta.url));
const cacheFolder = process.env['TRIBUTARY_CACHE_DIR'] ?? fileURLToPath(new URL('../../../.cache', import.meta.url));

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
      await run(await buildChecker(), [history, drawing], { timeout: 90_000 });
      return 'linearizable';
    } catch (error) {
      return `not linearizable: see ${drawing} (${String(error)})`;
    }
  }
}

/** Builds the Go program beside this folder into the cache; Go itself finds out whether there is anything to do. */
async function buildChecker(): Promise<string> {
  const program = join(cacheFolder, 'porcupine', 'porcupine');
  await mkdir(join(cacheFolder, 'porcupine'), { recursive: true });
  await run('go', ['build', '-o', program, '.'], { cwd: checkerSource, timeout: 120_000 });
  return program;
}
