import type { Browser, Locator } from 'playwright-core';
import { rest } from './own-page.js';
import { Visitor } from './visitor.js';

/** A page as the wiki has it. */
export interface Stored {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly version: { readonly number: number; readonly message: string; readonly minorEdit: boolean };
  readonly body: { readonly storage: { readonly value: string } };
}

export const stored = (id: string): Promise<Stored> =>
  rest.send<Stored>('GET', `/rest/api/content/${id}?expand=body.storage,version&status=any`);

/** A page's text in the storage format. */
export const storedBody = async (id: string): Promise<string> => (await stored(id)).body.storage.value;

/** What a program leaves in several forms for others to paste. */
export type Clipboard = Partial<Record<'text/html' | 'text/plain', string>>;

/** A writer in the editor of a page. */
export class Writer {
  constructor(readonly visitor: Visitor) {}

  static async at(browser: Browser, id: string, gateway?: 0 | 1): Promise<Writer> {
    const visitor = await (await Visitor.at(browser, {}, gateway)).as('administrator');
    return new Writer(visitor).edit(id);
  }

  /** The administrator, about to go on behind the last block of a page. */
  static async atEnd(visitor: Visitor, id: string): Promise<Writer> {
    const writer = await new Writer(await visitor.as('administrator')).edit(id);
    await writer.type();
    return writer;
  }

  async edit(id: string): Promise<this> {
    await this.visitor.open(`/pages/resumedraft.action?draftId=${id}`);
    await this.text.waitFor();
    return this;
  }

  get page() {
    return this.visitor.page;
  }

  get text() {
    return this.page.getByRole('textbox', { name: 'Text of the page' });
  }

  /** Puts the cursor behind the last block and types. */
  async type(...texts: readonly string[]): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press('Control+End');
    await this.knowsItsPlace();
    for (const text of texts) {
      if (/^(Enter|Tab|Control\+|Shift\+|Arrow)/.test(text)) await this.page.keyboard.press(text);
      else await this.page.keyboard.type(text);
    }
  }

  paste(clipboard: Clipboard): Promise<void> {
    return this.text.evaluate((element, forms) => {
      const clipboardData = new DataTransfer();
      for (const [type, written] of Object.entries(forms)) clipboardData.setData(type, written);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, clipboard);
  }

  /** The browser tells the editor of a new place a little later; a mark that is set before that would be forgotten with the old place. */
  async knowsItsPlace(): Promise<void> {
    await this.page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  }

  /** Until the wiki has what was typed, as the screen says. */
  async isSaved(): Promise<void> {
    await this.page.getByText(/^Draft saved/).waitFor();
  }

  notice(words: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: words });
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
    await this.page.waitForURL(/\/display\//);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.visitor[Symbol.asyncDispose]();
  }
}
