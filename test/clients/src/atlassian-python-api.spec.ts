import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { RunningCluster, runCommand } from '@tributary/test-servers';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWithClients } from './programs/python.js';

const script = fileURLToPath(new URL('../python/atlassian_python_api.py', import.meta.url));
const tests = [...readFileSync(script, 'utf8').matchAll(/^ {4}def (test_\w+)/gm)].map(([, name = '']) => name);
const testMillisMax = 60_000;

describe('atlassian-python-api', () => {
  let cluster: RunningCluster;
  let python: string;

  beforeAll(async () => {
    python = await pythonWithClients();
    cluster = await RunningCluster.start({ gateways: 2 });
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'SCRIPT', name: 'Scripts' });
  });
  afterAll(() => cluster?.stop());

  it.each(tests)('%s', async (name) => {
    const [URL_1, URL_2] = cluster.gateways;
    const env = { ...process.env, URL_1, URL_2, USERNAME: 'admin', PASSWORD: cluster.password, SPACE: 'SCRIPT' };
    const run = ['-m', 'unittest', `atlassian_python_api.Pages.${name}`];
    await runCommand(python, run, testMillisMax, { cwd: dirname(script), env });
  });
});
