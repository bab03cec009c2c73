import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, type DataFolder } from './data-folder.js';
import { OperatorError } from './operator-error.js';
import { commandOf, endProcess } from './processes.js';

/** Who runs the cluster of a data folder, and how the other commands reach that process. */
export interface RunLock {
  readonly pid: number;
  /** Of its control interface on this machine. */
  readonly port: number;
  /** What a command must show; the file is readable by the operator only. */
  readonly token: string;
}

const lockFile = (folder: DataFolder): string => folder.file('supervisor.json');
/** What a process that a killed run left behind gets to finish. */
const leftoverMillisMax = 4_000;

/** Takes the data folder for this process. Throws when a living process has it; a dead one's lock is taken over. */
export async function takeLock(folder: DataFolder, lock: RunLock): Promise<void> {
  const file = lockFile(folder);
  const holder = await lockHolder(folder);
  if (holder) {
    throw new OperatorError(
      `Another Tributary (process ${holder.pid}) runs on the data folder ${folder.path} already.`,
    );
  }
  rmSync(file, { force: true });
  try {
    // Fails when another start was faster.
    writeFileSync(file, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new OperatorError(`Another Tributary starts on the data folder ${folder.path} now.`, { cause: error });
  }
}

export function releaseLock(folder: DataFolder, lock: RunLock): void {
  const file = lockFile(folder);
  if (readFileSync(file, 'utf8') === JSON.stringify(lock)) rmSync(file);
}

/** The living holder, or undefined. A process id is used again some day: the command tells. */
export async function lockHolder(folder: DataFolder): Promise<RunLock | undefined> {
  const lock = readJson<RunLock>(lockFile(folder));
  if (!lock) return undefined;
  const command = await commandOf(lock.pid);
  return command?.includes(join('tributary', 'dist', 'main.js')) ? lock : undefined;
}

/**
 * Ends what a run that was killed left behind and that didn't end by itself: two servers on the same files would destroy them. Needs
 * the lock. Servers get their signal for order, too: PostgreSQL understands SIGTERM as "when the last session has left".
 */
export async function endLeftovers(folder: DataFolder, say: (text: string) => void): Promise<void> {
  const left = [];
  for (const node of folder.nodes()) {
    const command = await commandOf(node.pid);
    if (command && belongsTo(node.service, command)) left.push(node);
  }
  if (left.length > 0) say(`Ending ${left.map(({ nodeId }) => nodeId).join(', ')}, left from a run that was killed`);
  await Promise.all(
    left.map(({ pid, service }) => endProcess(pid, service === 'postgres' ? 'SIGINT' : 'SIGTERM', leftoverMillisMax)),
  );
  folder.writeNodes([]);
}

function belongsTo(service: string, command: string): boolean {
  if (service === 'postgres') return command.includes('postgres');
  if (service === 'nats') return command.includes('nats-server');
  return command.includes(`${service}/dist/main.js`);
}
