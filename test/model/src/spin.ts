import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDebianProgram, runCommand } from '@tributary/test-servers';

const model = fileURLToPath(new URL('../../../docs/spec/coherence.pml', import.meta.url));
const buildMillisMax = 120_000;
const searchMillisMax = 280_000;
/** Steps of the longest path that is followed: far more than the model has. */
const depthMax = 50_000;

/** How many of each take part, and which rule is switched off. */
export interface Scope {
  readonly writers: number;
  readonly caches: number;
  readonly leaders: number;
  /** Whether members list what they hold; there is one member then, and it registers once. */
  readonly directory?: boolean;
  /** Whether the writers are in the first member's process. */
  readonly own?: boolean;
  /** Whether members confirm to the writers. */
  readonly direct?: boolean;
  readonly without?: string;
}

export interface Outcome {
  /** Whether some order of steps ends in a stale read. */
  readonly isViolated: boolean;
  readonly states: number;
  /** Whether every state was visited. */
  readonly isWhole: boolean;
}

/**
 * Searches all orders of steps of the model for one in which a cache serves what is older than somebody has seen. States are kept
 * whole (no hashing), so "none" is a proof within the scope.
 */
export async function search(scope: Scope): Promise<Outcome> {
  const spin = await findDebianProgram('spin');
  const folder = await mkdtemp(join(tmpdir(), 'tributary-model-'));
  try {
    const env = { ...process.env, ...spin.env };
    await runCommand(spin.path, [...definitions(scope), '-a', model], buildMillisMax, { cwd: folder, env });
    const flags = ['-O2', '-w', '-DSAFETY', '-DCOLLAPSE', '-o', 'checker', 'pan.c'];
    await runCommand('gcc', flags, buildMillisMax, { cwd: folder });
    // -E: a state in which nothing more happens is no defect of a protocol whose processes may all stop.
    const report = await runCommand(join(folder, 'checker'), ['-E', `-m${depthMax}`], searchMillisMax, { cwd: folder });
    return {
      isViolated: /assertion violated/.test(report),
      states: Number(/(\S+) states, stored/.exec(report)?.[1]),
      isWhole: !/Search not completed|max search depth too small/.test(report),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const definitions = ({ writers, caches, leaders, directory, own, direct, without }: Scope): string[] => [
  `-DWRITERS=${writers}`,
  `-DCACHES=${caches}`,
  `-DCANDIDATES=${leaders}`,
  ...(without === undefined ? [] : [`-DNO_${without}`]),
  ...(directory ? ['-DDIRECTORY', '-DINCARNATIONS=1'] : []),
  ...(own ? ['-DOWN'] : []),
  ...(direct ? ['-DDIRECT'] : []),
];
