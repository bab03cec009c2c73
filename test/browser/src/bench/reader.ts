import type { Browser, CDPSession, Page } from 'playwright-core';

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Somebody signed in with an empty browser cache, before a page that isn't open yet. */
export class BenchReader implements AsyncDisposable {
  private constructor(
    readonly page: Page,
    readonly devTools: CDPSession,
  ) {}

  static async at(browser: Browser, origin: string, account: Account): Promise<BenchReader> {
    const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 800 } });
    const answer = await context.request.post('/dologin.action', {
      form: { os_username: account.username, os_password: account.password },
      headers: { accept: 'application/json' },
    });
    if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`);
    const page = await context.newPage();
    return new BenchReader(page, await context.newCDPSession(page));
  }

  /** Bytes that came over the wire since now, headers included. */
  async countBytes(): Promise<() => number> {
    let bytes = 0;
    await this.devTools.send('Network.enable');
    this.devTools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    return () => bytes;
  }

  /** A number that Chromium keeps of the page: seconds of work, nodes, listeners. */
  async metric(name: 'TaskDuration' | 'Nodes' | 'JSEventListeners'): Promise<number> {
    const { metrics } = await this.devTools.send('Performance.getMetrics');
    return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
