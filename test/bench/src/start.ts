import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePortRun } from '@tributary/servers';
import { within, type Comparison } from './report.js';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const startMillisMax = 120_000;
const pollMillis = 20;

/** From `npm start` on data that is there until the gateways serve. */
export async function secondStart(): Promise<Comparison[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tributary-start-'));
  await chmod(dataDir, 0o711);
  const firstPort = await freePortRun('127.0.0.1', 10);
  try {
    await startAndStop(dataDir, firstPort);
    return [within('second start', (await startAndStop(dataDir, firstPort)) / 1_000, 10, 's')];
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startAndStop(dataDir: string, firstPort: number): Promise<number> {
  const since = performance.now();
  const args = ['start', '--', '--data', dataDir, '--first-port', String(firstPort)];
  const child = spawn('npm', args, { cwd: repository, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    for (const port of [firstPort, firstPort + 1]) {
      while (!(await isRunning(port))) {
        if (child.exitCode !== null || performance.now() - since > startMillisMax) throw new Error('npm start failed');
        await sleep(pollMillis);
      }
    }
    return performance.now() - since;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function isRunning(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
