import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often the wait for another process's end looks. */
const pollMillis = 50;
/** A process that survives SIGKILL for so long hangs in the kernel; nobody can do more. */
const afterKillMillisMax = 5_000;

/**
 * The command line of a process, or undefined when none of that id runs. Tells a process from a later one with the same id. Small
 * images have no `ps`, other systems than Linux no `/proc`.
 */
export async function commandOf(pid: number): Promise<string | undefined> {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
      : (await run('ps', ['-o', 'command=', '-p', String(pid)], { timeout: 5_000 })).stdout;
    return command.trim() || undefined;
  } catch {
    // No such file, or ps ended with 1: an id that nobody has.
    return undefined;
  }
}

/** Asks a process that isn't our child to end, and kills it when it hasn't after `deadlineMillis`. */
export async function endProcess(pid: number, signal: NodeJS.Signals, deadlineMillis: number): Promise<void> {
  send(pid, signal);
  const end = performance.now() + deadlineMillis;
  while (await commandOf(pid)) {
    const late = performance.now() - end;
    if (late > afterKillMillisMax) return;
    if (late > 0) send(pid, 'SIGKILL');
    await delay(pollMillis);
  }
}

/** Sends a signal; a process that has gone meanwhile is what was wanted. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
