import type { Browser, Page } from 'playwright-core';
import type { BenchWiki } from './bench-wiki.js';
import { compiledCode } from './compiled-code.js';
import { percentile, type Measured } from './measured.js';
import { BenchReader, type Account } from './reader.js';

/** How long people point at a link before they press: rarely less. */
const hoverMillis = 150;
const visits = 80;
const long = 500;
const settled = 100;

/** Notes when a click came, and when the frame was drawn that shows the page which it asked for. */
const watchClicks = () => {
  document.addEventListener(
    'click',
    (event) => {
      const title = event.target instanceof Element ? event.target.closest('a')?.textContent : undefined;
      const look = () => {
        if (document.querySelector('main h1')?.textContent === title && document.querySelector('main .wiki-content p'))
          requestAnimationFrame(() =>
            document.documentElement.setAttribute('data-shown', String(performance.now() - event.timeStamp)),
          );
        else requestAnimationFrame(look);
      };
      document.documentElement.removeAttribute('data-shown');
      look();
    },
    { capture: true },
  );
};

async function goTo(page: Page, title: string, hover: number): Promise<number> {
  const link = page.getByRole('treeitem', { name: title, exact: true });
  if (hover > 0) {
    await link.hover();
    await page.waitForTimeout(hover);
  }
  await link.click();
  const shown = await page.waitForFunction(() => document.documentElement.dataset['shown']);
  return Number(await shown.jsonValue());
}

/** From page to page by the tree, and what many of them leave in memory. */
export async function measureNavigation(
  browser: Browser,
  origin: string,
  account: Account,
  { space, titles }: BenchWiki,
): Promise<Measured[]> {
  await using reader = await BenchReader.at(browser, origin, account);
  const { page, devTools } = reader;
  await devTools.send('Performance.enable');
  await page.addInitScript(watchClicks);
  await page.goto(`/display/${space}/${encodeURIComponent(titles[0] ?? '')}`);
  const memory = async () => {
    await devTools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devTools.send('Runtime.getHeapUsage');
    return {
      heap: usedSize / 1e6,
      code: await compiledCode(devTools),
      nodes: await reader.metric('Nodes'),
      listeners: await reader.metric('JSEventListeners'),
    };
  };
  const others = titles.slice(1);
  await page.getByRole('treeitem', { name: others[0] ?? '', exact: true }).waitFor();
  const fresh = await memory();
  const first: number[] = [];
  for (const title of others) first.push(await goTo(page, title, hoverMillis));
  const again: number[] = [];
  for (let visit = 0; visit < visits; visit += 1)
    again.push(await goTo(page, titles[visit % titles.length] ?? '', hoverMillis));
  let before = await memory();
  for (let visit = 1; visit <= long; visit += 1) {
    await goTo(page, titles[visit % titles.length] ?? '', 0);
    if (visit === settled) before = await memory();
  }
  const after = await memory();
  return [
    {
      metric: `To a page of the tree, from the click, p95 of ${first.length} first visits`,
      value: percentile(first, 0.95),
      unit: 'ms',
      most: 100,
    },
    { metric: `The same, p95 of ${visits} later visits`, value: percentile(again, 0.95), unit: 'ms', most: 100 },
    { metric: 'The same, median of the first visits', value: percentile(first, 0.5), unit: 'ms' },
    { metric: 'Heap with the first page', value: fresh.heap, unit: 'MB' },
    { metric: `Heap after ${settled} navigations, with all caches and compiled code`, value: before.heap, unit: 'MB' },
    {
      metric: `Heap after ${long} navigations, more than that`,
      value: ((after.heap - before.heap) / before.heap) * 100,
      unit: '%',
      most: 5,
    },
    {
      metric: 'The same without compiled code, which the engine makes more of until some 700 navigations',
      value: ((after.heap - after.code) / (before.heap - before.code) - 1) * 100,
      unit: '%',
      most: 5,
    },
    {
      metric: `Nodes after ${long} navigations, more than after ${settled}`,
      value: ((after.nodes - before.nodes) / before.nodes) * 100,
      unit: '%',
      most: 5,
    },
    {
      metric: `Listeners after ${long} navigations, more than after ${settled}`,
      value: ((after.listeners - before.listeners) / before.listeners) * 100,
      unit: '%',
      most: 5,
    },
  ];
}
