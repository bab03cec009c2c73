import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The end of a log that is looked at: a process that can't start says why in its last line. */
const tailBytesMax = 64 * 1024;
/** pino's number of the level `fatal`. */
const fatal = 60;

/** How much a log holds already: what a process that is started now writes comes after it. */
export function sizeOfLog(logFile: string): number {
  return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
}

/** Why a service ended at its start, as it said itself in its log from `offset` on; undefined when it said nothing. */
export function reasonInLog(logFile: string, offset: number): string | undefined {
  const lines = tailOf(logFile, offset).split('\n');
  return lines.map(fatalReason).findLast((reason) => reason !== undefined);
}

function tailOf(logFile: string, offset: number): string {
  const size = sizeOfLog(logFile);
  const from = Math.max(offset, size - tailBytesMax);
  if (size <= from) return '';
  const file = openSync(logFile, 'r');
  try {
    const buffer = Buffer.alloc(size - from);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
  }
}

function fatalReason(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, err } = JSON.parse(line) as { level?: number; err?: { message?: unknown } };
    return level === fatal && typeof err?.message === 'string' ? err.message : undefined;
  } catch {
    // The last line of a process that was killed may be a part of one.
    return undefined;
  }
}
