import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);
const debianPath = '/usr/bin/chromium';
/** Japanese text needs a font, or every character is the same box. */
const packages = ['chromium', 'fonts-noto-cjk'];
const installMillisMax = 280_000;

/** No sandbox, because it doesn't start for root; nothing that asks the network for anything by itself. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Where Chromium is: as TRIBUTARY_CHROMIUM says, or Debian's, which is installed where that can be done. Throws what to do otherwise. */
export async function chromiumPath(): Promise<string> {
  const path = process.env['TRIBUTARY_CHROMIUM'] ?? debianPath;
  if (await isThere(path)) return path;
  const advice = `Tests in a browser need Chromium at ${path}: "apt-get install ${packages.join(' ')}", or set TRIBUTARY_CHROMIUM to where it is`;
  if (path !== debianPath || process.getuid?.() !== 0) throw new Error(advice);
  const options = { timeout: installMillisMax, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  } catch (cause) {
    throw new Error(advice, { cause });
  }
  return path;
}

export const startBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumPath(), args: flags });
