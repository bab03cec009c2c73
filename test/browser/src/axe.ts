import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The order of headings in a page's text is its author's. */
const ownText = { 'heading-order': { enabled: false } };

/** All that axe finds, small things and targets that are hard to hit among them: for screens that aren't scrolled, because what is half below a bar is hard to hit. */
export const violations = async (page: Page): Promise<string[]> =>
  (await run(page, { ...ownText, 'target-size': { enabled: true } })).flatMap(told);

/** What axe finds that keeps people from reading. */
export const seriousViolations = async (page: Page): Promise<string[]> =>
  (await run(page, ownText)).filter(({ impact }) => ['serious', 'critical'].includes(impact)).flatMap(told);

/** In a world of its own, which the content security policy leaves alone. */
async function run(page: Page, rules: Record<string, { readonly enabled: boolean }>): Promise<Violation[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { rules: ${JSON.stringify(rules)} }).then((found) => JSON.stringify(found.violations))`,
    awaitPromise: true,
  });
  return JSON.parse(String(result.value)) as Violation[];
}

const told = ({ id, nodes }: Violation): string[] =>
  nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`);
