import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { sleep } from '@tributary/platform';
import { freePortRun } from '@tributary/servers';
import type { NodeEntry } from './data-folder.js';
import { serviceNames } from './services.js';

const executable = fileURLToPath(new URL('../../../tributary', import.meta.url));
const fixtureService = fileURLToPath(new URL('./fixtures/service.mjs', import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command with a data folder of its own and services that do nothing; the servers are real. */
export class CommandFixture {
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly scratch: string,
    readonly firstPort: number,
  ) {}

  static async make(): Promise<CommandFixture> {
    const scratch = await mkdtemp(join(tmpdir(), 'tributary-command-'));
    await chmod(scratch, 0o711);
    for (const service of serviceNames) {
      const folder = join(scratch, 'apps', service, 'dist');
      await mkdir(folder, { recursive: true });
      await copyFile(fixtureService, join(folder, 'main.js'));
    }
    // ES modules by their folder's package.json, as in the workspace.
    await copyFile(fileURLToPath(new URL('../package.json', import.meta.url)), join(scratch, 'apps', 'package.json'));
    return new CommandFixture(scratch, await freePortRun('127.0.0.1', 10));
  }

  get data(): string {
    return join(this.scratch, 'data');
  }

  /** Runs the command to its end. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return await new Promise((resolve) => {
      execFile(executable, this.arguments(args), { env: this.env(env), timeout: 60_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
      });
    });
  }

  /** `up --detach` with one gateway and one of pages, and more where asked. */
  async up(more: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return await this.run(['up', '--detach', ...this.small(), ...more], env);
  }

  /** Stays in the foreground; the caller ends it. */
  foreground(more: readonly string[] = []): ChildProcess {
    const child = spawn(executable, this.arguments(['up', ...this.small(), ...more]), {
      env: this.env({}),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.push(child);
    return child;
  }

  /** `tributary run`; the caller ends it. */
  service(name: string, env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(executable, ['run', name], { env: this.env(env), stdio: 'ignore' });
    this.children.push(child);
    return child;
  }

  /** What `cluster.json` says now. */
  nodes(): NodeEntry[] {
    return JSON.parse(readFileSync(join(this.data, 'cluster.json'), 'utf8')) as NodeEntry[];
  }

  supervisorPid(): number {
    return (JSON.parse(readFileSync(join(this.data, 'supervisor.json'), 'utf8')) as { pid: number }).pid;
  }

  async dispose(): Promise<void> {
    await this.run(['down']);
    for (const child of this.children) child.kill('SIGKILL');
    await rm(this.scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }

  private small(): string[] {
    const none = ['--coordinators', '0', '--identity', '0', '--attachments', '0', '--search', '0'];
    return ['--first-port', String(this.firstPort), '--gateways', '1', '--pages', '1', ...none];
  }

  private arguments(args: readonly string[]): string[] {
    return args[0] === 'run' ? [...args] : [...args, '--data', this.data];
  }

  private env(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...process.env, TRIBUTARY_APPS_DIR: join(this.scratch, 'apps'), ...more };
  }
}

/** Waits for a condition; throws what it waited for when that doesn't come true. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, millisMax = 15_000): Promise<void> {
  const end = performance.now() + millisMax;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${millisMax} ms: ${what}`);
    await sleep(50);
  }
}
