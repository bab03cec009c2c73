/** `npm run screenshots`: a few screens of the sample wiki as pictures in docs/screenshots, for the README. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../chromium.js';
import { sampleCluster, startSampleCluster } from '../sample-cluster.js';

const folder = fileURLToPath(new URL('../../../../docs/screenshots', import.meta.url));
const presenceMillisMax = 120_000;
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } } as const;

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly size: keyof typeof sizes;
  readonly locale: 'en-GB' | 'ja-JP';
  readonly colorScheme: 'light' | 'dark';
  /** Until the screen is as it shall be seen. */
  ready(page: Page): Promise<unknown>;
}

const editorText = async (page: Page): Promise<void> => {
  await page.locator('.editor-text').waitFor();
  await page.locator('.word-count').waitFor();
  await page.waitForLoadState('networkidle');
  // The window of the picture before is said to be there for a while.
  await page.locator('.presence').waitFor({ state: 'hidden', timeout: presenceMillisMax });
};

function screens(): readonly Screen[] {
  const { pages } = sampleCluster();
  const read = (id: string): string => `/pages/viewpage.action?pageId=${id}`;
  const edit = (id: string): string => `/pages/resumedraft.action?draftId=${id}`;
  const body = (page: Page) => page.locator('.wiki-content').first().waitFor();
  const english = { locale: 'en-GB', colorScheme: 'light' } as const;
  const japanese = { locale: 'ja-JP', colorScheme: 'dark' } as const;
  return [
    { name: 'page', path: read(pages.onCall), size: 'wide', ...english, ready: body },
    { name: 'page-ja-dark', path: read(pages.japanese), size: 'wide', ...japanese, ready: body },
    { name: 'editor', path: edit(pages.onCall), size: 'wide', ...english, ready: editorText },
    {
      name: 'console',
      path: '/admin/cluster',
      size: 'wide',
      ...english,
      ready: (page) => page.getByRole('heading', { name: 'gateway' }).first().waitFor(),
    },
    { name: 'page-phone-ja-dark', path: read(pages.japanese), size: 'phone', ...japanese, ready: body },
    { name: 'editor-phone', path: edit(pages.onCall), size: 'phone', ...english, ready: editorText },
  ];
}

async function take(browser: Browser, { name, path, size, locale, colorScheme, ready }: Screen): Promise<void> {
  const { gateways, administrator } = sampleCluster();
  const context = await browser.newContext({ baseURL: gateways[0], viewport: sizes[size], locale, colorScheme });
  const { username, password } = administrator;
  await context.request.post('/dologin.action', { form: { os_username: username, os_password: password } });
  const page = await context.newPage();
  await page.goto(path);
  await ready(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  await context.close();
  process.stdout.write(`docs/screenshots/${name}.png\n`);
}

const cluster = process.env['TRIBUTARY_SAMPLE_CLUSTER'] ? undefined : await startSampleCluster();
try {
  await mkdir(folder, { recursive: true });
  const browser = await startBrowser();
  for (const screen of screens()) await take(browser, screen);
  await browser.close();
} finally {
  await cluster?.stop();
}
