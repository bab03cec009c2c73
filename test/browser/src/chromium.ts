import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);
/** Debian's. The first is Chromium without its own windows, menus and pages: tests take half the time. */
const debianPaths = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;
/** Japanese text needs a font, or every character is the same box. */
const packages = ['chromium-headless-shell', 'fonts-noto-cjk'];
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

/** Where Chromium is: as TRIBUTARY_CHROMIUM says, or Debian's, which is installed where that can be done. Throws what to do otherwise. */
export async function chromiumPath(): Promise<string> {
  const given = process.env['TRIBUTARY_CHROMIUM'];
  const found = (given ? [given] : debianPaths).find((path) => existsSync(path));
  if (found) return found;
  const [wanted] = debianPaths;
  const advice = `Tests in a browser need Chromium at ${given ?? wanted}: "apt-get install ${packages.join(' ')}", or set TRIBUTARY_CHROMIUM to where it is`;
  if (given || process.getuid?.() !== 0) throw new Error(advice);
  const options = { timeout: installMillisMax, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  } catch (cause) {
    throw new Error(advice, { cause });
  }
  return wanted;
}

export const startBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await chromiumPath(), args: flags });
