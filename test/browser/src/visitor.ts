import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { sampleCluster } from './sample-cluster.js';

/** Longest that anybody waits for anything on a page. */
const waitMillisMax = 20_000;

const accounts = {
  reader: { username: 'reader', password: 'reader-password' },
  administrator: sampleCluster().administrator,
} as const;
export type Account = keyof typeof accounts;

/** Somebody at a browser of their own, with what the browser complained about. */
export class Visitor implements AsyncDisposable {
  /** Errors and warnings of the console, of scripts, and of requests. */
  readonly complaints: string[] = [];
  /** Documents that were loaded: 1 while the application answers every click by itself. */
  documentCount = 0;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
  ) {
    page.setDefaultTimeout(waitMillisMax);
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      this.complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.documentCount += 1;
    });
  }

  /** Somebody before the load balancer, whose every request goes to another gateway, or always before the same `gateway`. */
  static async at(browser: Browser, options: BrowserContextOptions = {}, gateway?: 0 | 1): Promise<Visitor> {
    const { url, gateways } = sampleCluster();
    const origin = gateway === undefined ? url : gateways[gateway];
    const context = await browser.newContext({
      baseURL: origin,
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    return new Visitor(context, await context.newPage(), origin);
  }

  /** Has signed in before the first page is opened. */
  async as(account: Account): Promise<this> {
    const { username, password } = accounts[account];
    const answer = await this.context.request.post('/dologin.action', {
      form: { os_username: username, os_password: password },
      headers: { accept: 'application/json' },
    });
    if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`);
    return this;
  }

  /** Opens an address and waits until its content is there. */
  async open(path: string): Promise<this> {
    await this.page.goto(path);
    await this.page.locator('#content:not([aria-busy="true"])').waitFor();
    return this;
  }

  /** The page's own heading. */
  heading(title: string): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 1, name: title, exact: true }).first();
  }

  /** Waits until the page of that title is shown. */
  async reads(title: string): Promise<void> {
    await this.heading(title).waitFor();
  }

  treeItem(title: string): Locator {
    return this.page.getByRole('treeitem', { name: title, exact: true });
  }

  pathname(): string {
    const { pathname, search, hash } = new URL(this.page.url());
    return `${pathname}${search}${hash}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}
