import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findDebianProgram } from '@tributary/test-servers';

const library = 'faketime/libfaketimeMT.so.1';

/** The wall clock of one process, which can be put forward and back while it runs; its monotonic clock goes on as it did. */
export class WallClock {
  private constructor(
    private readonly file: string,
    private readonly preloaded: string,
  ) {}

  /** By the Debian package `faketime`; its file lies in `folder`. */
  static async make(folder: string, name: string): Promise<WallClock> {
    const { path, env } = await findDebianProgram('faketime');
    // Beside an unpacked program, or where the installed one has it.
    const folders = [...(env['LD_LIBRARY_PATH']?.split(delimiter) ?? []), `/usr/lib/${machine()}-linux-gnu`];
    const preloaded = folders.map((each) => join(each, library)).find((each) => existsSync(each));
    if (!preloaded) throw new Error(`There is no ${library} that belongs to ${path}`);
    await mkdir(join(folder, 'clocks'), { recursive: true });
    const clock = new WallClock(join(folder, 'clocks', name), preloaded);
    await clock.shift(0);
    return clock;
  }

  /** How far it goes wrong from now on, in seconds. */
  async shift(seconds: number): Promise<void> {
    await writeFile(this.file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  /** For the process whose clock it is. */
  get env(): Record<string, string> {
    return {
      LD_PRELOAD: this.preloaded,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // Looks into the file each second.
      FAKETIME_CACHE_DURATION: '1',
    };
  }
}

const machine = (): string => (process.arch === 'arm64' ? 'aarch64' : 'x86_64');
