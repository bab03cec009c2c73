/** Runs test suites and adds up what they say, so that the last line tells the whole. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './runtime.mjs';
import { progress } from './workspace.mjs';

/** A suite that hangs at its end is ended, and failed. */
const stepMillisMax = 40 * 60_000;

/** What an outcome is made of: failures are reasons, in order; times are what each step took, in words. */
/** @type {{ passed: number, failed: number, failures: string[], times: string[] }} */
const outcome = { passed: 0, failed: 0, failures: [], times: [] };

/** A step that only fails or not: types, lint, the dependency rule. */
export function step(name, command, args, env) {
  progress(`\n== ${name}`);
  const since = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: stepMillisMax,
  });
  outcome.times.push(`${name} ${Math.round((performance.now() - since) / 1_000)} s`);
  if (status !== 0) outcome.failures.push(name);
}

/** The jest suite of a configuration file, where there is one. */
export function suite(name, config, args, { node, env }) {
  if (!existsSync(join(root, config))) return;
  const folder = mkdtempSync(join(tmpdir(), 'tributary-results-'));
  const results = join(folder, 'results.json');
  // ES modules in jest need the first flag; the second hides what it says about that in every worker.
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  step(name, node, [...flags, '--config', config, '--json', `--outputFile=${results}`, ...args], env);
  if (existsSync(results)) {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    outcome.passed += numPassedTests;
    // A file that couldn't run at all holds no failed test.
    outcome.failed += Math.max(numFailedTests, numFailedTestSuites);
  } else {
    outcome.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Says what came out and ends the process with it. */
export function finish() {
  process.stdout.write(`\n${outcome.times.join(', ')}\n`);
  for (const name of outcome.failures) process.stdout.write(`\nFailed: ${name}`);
  const tests = outcome.passed + outcome.failed > 0;
  if (tests) process.stdout.write(`\n${outcome.passed} passed, ${outcome.failed} failed\n`);
  process.exit(outcome.failures.length === 0 ? 0 : 1);
}
