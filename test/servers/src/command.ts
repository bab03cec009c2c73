import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

const outputBytesMax = 64 * 1024 * 1024;
const shownOutputCharacters = 4_000;

/**
 * Runs a program to its end and gives what it wrote to standard output. Throws with the end of all that it wrote when it fails, or
 * takes longer than `millisMax`.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  millisMax: number,
  options: ExecFileOptions = {},
): Promise<string> {
  try {
    const run = promisify(execFile);
    const { stdout } = await run(command, [...args], {
      ...options,
      timeout: millisMax,
      maxBuffer: outputBytesMax,
      encoding: 'utf8',
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    const shown = `${stdout}${stderr}`.trim().slice(-shownOutputCharacters);
    throw new Error(`${command} failed: ${shown || message}`, { cause: error });
  }
}
