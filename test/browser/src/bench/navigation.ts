import type { Browser, Page } from 'playwright-core';
import type { BenchWiki } from './bench-wiki.js';
import { compiledCode } from './compiled-code.js';
import { percentile, type Measured } from './measured.js';
import { BenchReader, type Account } from './reader.js';

/** How long people point at a link before they press: rarely less. */
const hoverMillis = 150;
const visits = 80;
const restMillis = 300;
const long = 500;
/** Caches are full. */
const settled = 100;
/** The engine has compiled what it will of code that runs again and again: it goes on with that until some 700 navigations, and then no more. */
const compiled = 700;

interface Watched {
  /** Where the line of a page in the tree is, scrolled into sight. */
  placeOf(title: string): { readonly x: number; readonly y: number };
  /** Milliseconds from the last click to the frame that shows the page which it asked for. */
  shown: Promise<number> | undefined;
}

/**
 * Runs in the page. It is little, and does the looking there: what a test's own engine of locators leaves behind in the page's heap, compiled
 * for walking the whole tree at each step, would be counted as the application's.
 */
const watchClicks = () => {
  const watched: Watched = {
    placeOf(title) {
      const line = [...document.querySelectorAll('[role="treeitem"]')].find(({ textContent }) => textContent === title);
      if (!line) throw new Error(`${title} is not in the tree`);
      line.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = line.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    shown: undefined,
  };
  Object.assign(globalThis, { watched });
  document.addEventListener(
    'click',
    (event) => {
      const title = event.target instanceof Element ? event.target.closest('a')?.textContent : undefined;
      const isShown = () =>
        document.querySelector('main h1')?.textContent === title && document.querySelector('main .wiki-content p');
      watched.shown = new Promise((resolve) => {
        const look = () => {
          if (isShown()) requestAnimationFrame(() => resolve(performance.now() - event.timeStamp));
          else requestAnimationFrame(look);
        };
        look();
      });
    },
    { capture: true },
  );
};

async function goTo(page: Page, title: string, hover: number): Promise<number> {
  const { x, y } = await page.evaluate(
    (of) => (globalThis as unknown as { watched: Watched }).watched.placeOf(of),
    title,
  );
  await page.mouse.move(x, y);
  if (hover > 0) await page.waitForTimeout(hover);
  await page.mouse.click(x, y);
  const shown = await page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.shown);
  if (shown === undefined) throw new Error(`Nothing was clicked for ${title}`);
  return shown;
}

/** Garbage is collected, and what is asked for beside a text has come: there are as many listeners as a moment before. */
async function atRest(reader: BenchReader): Promise<void> {
  let before: number;
  let now = -1;
  do {
    before = now;
    await reader.page.waitForTimeout(restMillis);
    await reader.devTools.send('HeapProfiler.collectGarbage');
    now = await reader.metric('JSEventListeners');
  } while (now !== before);
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
    await atRest(reader);
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
  let visit = 0;
  const goOnTo = async (last: number) => {
    for (; visit < last; visit += 1) await goTo(page, titles[visit % titles.length] ?? '', 0);
    return await memory();
  };
  const settledMemory = await goOnTo(settled);
  const uncompiled = await goOnTo(settled + long);
  const before = await goOnTo(compiled);
  const after = await goOnTo(compiled + long);
  const more = (what: (of: typeof before) => number, than: typeof before, now: typeof before) =>
    (what(now) / what(than) - 1) * 100;
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
    {
      metric: `Heap after ${settled} navigations, with all caches and compiled code`,
      value: settledMemory.heap,
      unit: 'MB',
    },
    {
      metric: `Heap without compiled code after ${long} navigations more`,
      value: more(({ heap, code }) => heap - code, settledMemory, uncompiled),
      unit: '%',
      most: 5,
    },
    {
      metric: `Compiled code after ${long} navigations more`,
      value: more(({ code }) => code, settledMemory, uncompiled),
      unit: '%',
    },
    { metric: `Heap after ${compiled} navigations, compiled code too`, value: before.heap, unit: 'MB' },
    {
      metric: `Heap after ${long} navigations more, compiled code too`,
      value: more(({ heap }) => heap, before, after),
      unit: '%',
      most: 5,
    },
    { metric: `Nodes after these`, value: more(({ nodes }) => nodes, before, after), unit: '%', most: 5 },
    { metric: `Listeners after these`, value: more(({ listeners }) => listeners, before, after), unit: '%', most: 5 },
  ];
}
