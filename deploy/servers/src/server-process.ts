import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerCommand {
  /** As in messages: `nats-server`, `PostgreSQL`, `gateway-1`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
  /** Standard output and error are appended to it. */
  readonly logFile: string;
  /** What ends it in good order. */
  readonly stopSignal?: NodeJS.Signals;
  /**
   * How the program learns that its starter is gone, should that be killed: `stdin`, its standard input is a pipe that ends then;
   * `guard`, a shell beside it waits for that and sends the stop signal, for programs that don't watch their input.
   */
  readonly stopWithStarter: 'stdin' | 'guard';
}

/** How often a start looks whether its server answers yet. */
const readyPollMillis = 50;
/** Its clients end by themselves when the starter is gone; a server that they need ends this much later. */
const guardDelaySeconds = 3;

/**
 * One server process that this process started. It runs in a process group of its own, so that Ctrl-C at a terminal reaches only
 * its starter, which stops the servers in their order.
 */
export class ServerProcess {
  readonly exited: Promise<ServerExit>;
  private exit: ServerExit | undefined;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly stopSignal: NodeJS.Signals,
    private readonly logFile: string,
  ) {
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exit = { code, signal };
        resolve(this.exit);
      });
    });
  }

  /** Throws when the program can't be run at all. */
  static async spawn(command: ServerCommand): Promise<ServerProcess> {
    mkdirSync(dirname(command.logFile), { recursive: true });
    const log = openSync(command.logFile, 'a', 0o600);
    try {
      const stdio: StdioOptions = [command.stopWithStarter === 'stdin' ? 'pipe' : 'ignore', log, log];
      const { uid, gid, cwd, env } = command;
      const child = spawn(command.command, [...command.args], { uid, gid, cwd, env, stdio, detached: true });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) =>
          reject(new Error(`${command.name} could not be run: ${error.message}`, { cause: error })),
        );
      });
      // A child that ended makes its pipe fail; its exit says so already.
      child.stdin?.on('error', () => undefined);
      const stopSignal = command.stopSignal ?? 'SIGTERM';
      if (command.stopWithStarter === 'guard') guard(child, stopSignal);
      return new ServerProcess(command.name, child, stopSignal, command.logFile);
    } finally {
      closeSync(log);
    }
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get running(): boolean {
    return this.exit === undefined;
  }

  /** Waits until `answers()` holds; throws when the process ends before, or after `deadlineMillis`. */
  async ready(answers: () => Promise<boolean>, deadlineMillis: number): Promise<void> {
    const end = performance.now() + deadlineMillis;
    while (!(await answers())) {
      if (this.exit) throw new Error(`${this.name} ended while it started; its log is ${this.logFile}`);
      if (performance.now() > end) {
        throw new Error(`${this.name} was not ready after ${deadlineMillis / 1_000} s; its log is ${this.logFile}`);
      }
      await delay(readyPollMillis);
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running) this.child.kill(signal);
  }

  /** Ends it in good order; kills it when it takes longer than `deadlineMillis`. Resolves when it is gone. */
  async stop(deadlineMillis = 8_000): Promise<ServerExit> {
    this.signal(this.stopSignal);
    const timer = setTimeout(() => this.signal('SIGKILL'), deadlineMillis);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** `read` returns when the pipe ends, which the system does for a starter that can't do anything any more. */
function guard(child: ChildProcess, stopSignal: NodeJS.Signals): void {
  const script = `read -r _; sleep ${guardDelaySeconds}; kill -${stopSignal.slice('SIG'.length)} ${child.pid}`;
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  child.once('exit', () => shell.kill('SIGKILL'));
}
