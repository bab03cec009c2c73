import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sleep } from '@tributary/platform';
import { freePortRun } from '@tributary/servers';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** The first start installs, builds and downloads; the second is promised. */
const firstStartMillisMax = 240_000;
const secondStartMillisMax = 10_000;
const stopMillisMax = 10_000;
const pollMillis = 50;

let scratch: string;
let clone: string;
let firstPort: number;
let running: ChildProcess | undefined;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tributary-clone-'));
  await chmod(scratch, 0o711);
  clone = join(scratch, 'tributary');
  await promisify(execFile)('git', ['clone', '--quiet', '--depth=1', `file://${repository}`, clone]);
  firstPort = await freePortRun('127.0.0.1', 10);
});

afterAll(async () => {
  if (running && running.exitCode === null && running.signalCode === null) await stop();
  const database = join(clone, '.data', 'postgres');
  if (existsSync(database)) await rm(realpathSync(database), { recursive: true, force: true });
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
});

const gateway = (number: number): string => `http://127.0.0.1:${firstPort + number}`;

/** Runs `npm start` until it says that it runs; how long that took, and what it wrote. */
async function start(deadlineMillis: number): Promise<{ millis: number; output: string }> {
  const since = performance.now();
  // The runtime is found by the clone itself: nothing of this run's helps it.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TRIBUTARY_') && !name.startsWith('npm_')),
  );
  running = spawn('npm', ['start', '--', '--first-port', String(firstPort)], { cwd: clone, env });
  let output = '';
  running.stdout?.on('data', (part: Buffer) => (output += part.toString()));
  running.stderr?.on('data', (part: Buffer) => (output += part.toString()));
  while (!output.includes('Tributary is running.')) {
    if (running.exitCode !== null || performance.now() - since > deadlineMillis) {
      throw new Error(`npm start ended, or did not say within ${deadlineMillis} ms that it runs; it wrote:\n${output}`);
    }
    await sleep(pollMillis);
  }
  // The rest of the text follows in the same moment.
  while (!output.includes('Logs')) await sleep(pollMillis);
  return { millis: performance.now() - since, output };
}

async function stop(): Promise<number> {
  const since = performance.now();
  running?.kill('SIGTERM');
  await once(running as ChildProcess, 'exit');
  return performance.now() - since;
}

async function asAdmin(path: string, body?: unknown): Promise<Response> {
  const password = readFileSync(join(clone, '.data', 'admin-password'), 'utf8').trim();
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  return await fetch(`${gateway(0)}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : null,
  });
}

describe('npm start in a fresh clone', () => {
  it('comes up with every gateway, and says how to go on', async () => {
    const { output } = await start(firstStartMillisMax);
    expect(output).toContain(`${gateway(0)}  ${gateway(1)}`);
    expect(output).toContain('admin-password');
    expect(statSync(join(clone, '.data', 'admin-password')).mode & 0o777).toBe(0o600);
    for (const number of [0, 1]) {
      expect(await (await fetch(`${gateway(number)}/status`)).json()).toEqual({ state: 'RUNNING' });
    }
    const curl = /^ {2}Try +(curl .*)$/m.exec(output)?.[1] as string;
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', `${curl} --silent --fail`]);
    expect(JSON.parse(stdout)).toMatchObject({ username: 'admin' });
  });

  it('ends in 10 s when it is asked to, and is back in 10 s with all data', async () => {
    expect((await asAdmin('/rest/api/space', { key: 'KEPT', name: 'Kept' })).status).toBe(200);
    expect(await stop()).toBeLessThan(stopMillisMax);
    await expect(fetch(`${gateway(0)}/status`)).rejects.toThrow();
    const { millis } = await start(secondStartMillisMax * 2);
    expect(millis).toBeLessThan(secondStartMillisMax);
    expect(await (await asAdmin('/rest/api/space/KEPT')).json()).toMatchObject({ key: 'KEPT', name: 'Kept' });
    expect(await stop()).toBeLessThan(stopMillisMax);
  });
});
