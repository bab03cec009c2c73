import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Where an author's own words stand, in which the order of headings is the author's. */
const authorsTexts = ['.wiki-content', '.editor-text'];
const options = {
  resultTypes: ['violations'],
  rules: { 'heading-order': { enabled: false }, 'target-size': { enabled: true } },
};
const orderOfHeadings = { runOnly: ['heading-order'] };

/** All that axe finds, small things and targets that are hard to hit among them: for screens that aren't scrolled, because what is half below a bar is hard to hit. */
export const violations = async (page: Page): Promise<string[]> => (await run(page)).flatMap(told);

/** What axe finds that keeps people from reading. */
export const seriousViolations = async (page: Page): Promise<string[]> =>
  (await run(page)).filter(({ id, impact }) => id !== 'target-size' && isSerious(impact)).flatMap(told);

const isSerious = (impact: string): boolean => ['serious', 'critical'].includes(impact);

/** Looks at one state of a page after another, each in light and in dark. */
export class Inspection {
  /** What was found, each with the state in which it was. */
  readonly found: string[] = [];

  constructor(private readonly page: Page) {}

  async look(state: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      for (const each of await violations(this.page)) this.found.push(`${state}, ${colorScheme}: ${each}`);
    }
  }
}

/** Past the content security policy, which lets the page itself load no such thing. */
async function run(page: Page): Promise<Violation[]> {
  const session = await page.context().newCDPSession(page);
  const evaluate = async (expression: string): Promise<unknown> =>
    (await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  if ((await evaluate('typeof axe')) === 'undefined') await evaluate(`${axe};undefined`);
  const inAll = `axe.run(document, ${JSON.stringify(options)})`;
  const besideTexts = `axe.run({ exclude: ${JSON.stringify(authorsTexts)} }, ${JSON.stringify(orderOfHeadings)})`;
  const found = await evaluate(
    `(async () => JSON.stringify([...(await ${inAll}).violations, ...(await ${besideTexts}).violations]))()`,
  );
  await session.detach();
  return JSON.parse(String(found)) as Violation[];
}

const told = ({ id, nodes }: Violation): string[] =>
  nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`);
