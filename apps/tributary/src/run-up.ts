import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { ClusterOptions } from './cluster-options.js';
import type { DataFolder } from './data-folder.js';
import { OperatorError, sentence } from './operator-error.js';
import { up, type Reporter } from './up.js';

/** What a background command tells the one that waits for it. */
type Report =
  | { readonly progress: string }
  | { readonly ready: string; readonly password: string | undefined }
  | { readonly failed: string };

/** Runs the cluster in this process until Ctrl-C, SIGTERM or `tributary down`. */
export async function runInForeground(options: ClusterOptions): Promise<void> {
  const stop = new AbortController();
  // Whoever read our output has gone (a closed terminal, an ended npm): the cluster needn't go, too.
  process.stdout.on('error', () => undefined);
  // The first is enough: the end has its own deadline, and Ctrl-C arrives twice when npm passes it on.
  // SIGHUP keeps its default, which `nohup` can switch off.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    await up(options, process.send ? backgroundReporter : terminalReporter, stop.signal);
  } catch (error) {
    if (error instanceof OperatorError) report({ failed: sentence(error) });
    throw error;
  }
  // A guard or a pipe may still be closing; nothing of ours is left to do.
  process.exit(0);
}

/** Starts the same command in the background and waits until it runs or has failed. */
export async function runInBackground(args: readonly string[], folder: DataFolder): Promise<void> {
  folder.prepare();
  const logFile = folder.logFile('tributary');
  const log = openSync(logFile, 'a', 0o600);
  const program = process.argv[1] as string;
  const child = spawn(process.execPath, [program, ...args.filter((arg) => arg !== '--detach')], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new OperatorError(`The cluster did not start; the log is ${logFile}.`)));
    child.on('message', (message: Report) => {
      if ('progress' in message) terminalReporter.progress(message.progress);
      else if ('failed' in message) reject(new OperatorError(message.failed));
      else {
        terminalReporter.ready(message.ready, message.password);
        resolve();
      }
    });
  });
  child.disconnect();
  child.unref();
}

const terminalReporter: Reporter = {
  progress: (text) => void process.stdout.write(`${text}\n`),
  ready(text, password) {
    process.stdout.write(`${text}\n`);
    // Shown once, to a person: what is written into a file may be anybody's.
    if (password && process.stdout.isTTY) process.stdout.write(`The password of admin is ${password}\n\n`);
  },
};

const backgroundReporter: Reporter = {
  progress(text) {
    process.stdout.write(`${new Date().toISOString()} ${text}\n`);
    report({ progress: text });
  },
  ready: (text, password) => report({ ready: text, password }),
};

/** To the command that waits, as long as it does. */
function report(message: Report): void {
  if (process.connected) process.send?.(message);
}
