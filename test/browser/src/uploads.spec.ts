import { describe, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { ownPage, rest } from './own-page.js';
import { visits } from './visits.js';
import { storedBody, Writer } from './writer.js';

const visit = visits();
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const uploads = '**/rest/api/content/*/child/attachment';

const writing = async (id: string): Promise<Writer> => Writer.atEnd(await visit(), id);

interface Clipboard {
  readonly html?: string;
  /** Names of pictures. */
  readonly files?: readonly string[];
  /** Dropped at the start of the block with this text; else pasted. */
  readonly on?: string;
}

/** Pastes or drops what another program has copied. */
const bring = (writer: Writer, clipboard: Clipboard): Promise<void> =>
  writer.text.evaluate(
    (element, { html, files = [], on, dot: written }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(written), (character) => character.charCodeAt(0));
      for (const name of files) data.items.add(new File([bytes], name, { type: 'image/png' }));
      if (html !== undefined) data.setData('text/html', html);
      const common = { bubbles: true, cancelable: true };
      if (on === undefined) {
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...common }));
        return;
      }
      const block = [...element.children].find(({ textContent }) => textContent === on);
      const { left, top, height } = (block ?? element).getBoundingClientRect();
      const place = { clientX: left + 1, clientY: top + height / 2 };
      block?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, ...place, ...common }));
    },
    { ...clipboard, dot },
  );

const pictures = (writer: Writer, count: number) =>
  writer.page.waitForFunction(
    (wanted) =>
      document.querySelectorAll('.editor-image img').length === wanted && !document.querySelector('.upload-place'),
    count,
  );

const image = (name: string, attributes = '') =>
  `<ac:image${attributes}><ri:attachment ri:filename="${name}" /></ac:image>`;

interface Files {
  readonly results: readonly { readonly title: string; readonly version: { readonly number: number } }[];
}
async function filesOf(id: string): Promise<string[]> {
  const { results } = await rest.send<Files>('GET', `/rest/api/content/${id}/child/attachment?expand=version`);
  return results.map(({ title, version }) => `${title} ${version.number}`).sort();
}

describe('pictures that are pasted', () => {
  it('are pictures of their own, though all have the same name', async () => {
    const id = await ownPage('Screenshots', '<p>see: </p>');
    const first = await writing(id);
    await bring(first, { files: ['image.png'] });
    await pictures(first, 1);
    await first.save();
    const again = await first.edit(id);
    await again.type();
    await bring(again, { files: ['image.png'] });
    await bring(again, { files: ['image.png'] });
    await pictures(again, 3);
    await again.page.locator('input[type=file]').setInputFiles({
      name: 'image.png',
      mimeType: 'image/png',
      buffer: Buffer.from(dot, 'base64'),
    });
    await pictures(again, 4);
    await again.save();
    const names = ['image.png', 'image-2.png', 'image-3.png', 'image-4.png'];
    expect(await filesOf(id)).toEqual(names.map((name) => `${name} 1`).sort());
    const written = await storedBody(id);
    expect(names.filter((name) => !written.includes(image(name)))).toEqual([]);
  });

  it('come along with text from another program, by file or in the text itself', async () => {
    const id = await ownPage('From Word', '<p>first </p>');
    const writer = await writing(id);
    await bring(writer, {
      html: `<p>a <img src="file:///C:/clip_image001.png" width="40" alt="chart"> b <img src="data:image/png;base64,${dot}"> c</p>`,
      files: ['image.png'],
    });
    await pictures(writer, 2);
    await writer.save();
    const [chart, own] = [image('image.png', ' ac:alt="chart" ac:width="40"'), image('image-2.png')];
    expect(await storedBody(id)).toMatch(
      new RegExp(
        `^<p>first a (?:${chart} b ${own}|${chart.replace('image.', 'image-2.')} b ${own.replace('-2', '')}) c</p>$`,
      ),
    );
    expect(writer.visitor.complaints).toEqual([]);
  });

  it('that another program kept to itself are told of', async () => {
    const id = await ownPage('Kept to itself', '<p />');
    const writer = await writing(id);
    await bring(writer, { html: '<p>a <img src="file:///C:/clip_image001.png" alt="the chart"></p>' });
    await writer.page.getByRole('alert').filter({ hasText: 'A picture wasn’t copied along.' }).waitFor();
    await writer.page.getByRole('button', { name: 'Dismiss' }).click();
    await writer.page.getByRole('alert').waitFor({ state: 'detached' });
    await writer.save();
    expect(await storedBody(id)).toBe('<p>a the chart</p>');
  });

  it('are the file when a picture was copied alone, and not the one of a spreadsheet’s cells', async () => {
    const id = await ownPage('Copied alone', '<p />');
    const writer = await writing(id);
    await bring(writer, {
      html: '<meta charset="utf-8"><img src="https://intranet.invalid/a.png" alt="A">',
      files: ['image.png'],
    });
    await pictures(writer, 1);
    await bring(writer, { html: '<table><tr><td>1</td><td>2</td></tr></table>', files: ['image.png'] });
    await writer.text.locator('td').first().waitFor();
    await writer.save();
    expect(await filesOf(id)).toEqual(['image.png 1']);
    expect(await storedBody(id)).toContain(image('image.png', ' ac:alt="A"'));
  });
});

describe('files that are dropped', () => {
  it('stand where they were dropped, show their progress, and can be cancelled while nothing moves', async () => {
    const id = await ownPage('Dropped', '<p>one</p><p>two</p>');
    const writer = await writing(id);
    const held: Route[] = [];
    await writer.page.route(uploads, (route) =>
      route.request().method() === 'POST' ? void held.push(route) : route.continue(),
    );
    await bring(writer, { files: ['a.png', 'b.png'], on: 'two' });
    await writer.page.getByRole('progressbar', { name: 'b.png' }).waitFor();
    const publish = writer.page.getByRole('button', { name: 'Save' });
    expect(await publish.isDisabled()).toBe(true);
    await writer.page.getByRole('button', { name: 'Cancel the upload of b.png' }).click();
    await writer.page.getByRole('progressbar', { name: 'b.png' }).waitFor({ state: 'detached' });
    await expect(writer.text.evaluate((element) => element.contains(document.activeElement))).resolves.toBe(true);
    await Promise.all(held.map((route) => route.continue().catch(() => undefined)));
    await pictures(writer, 1);
    await writer.save();
    expect(await storedBody(id)).toBe(`<p>one</p><p>${image('a.png')}two</p>`);
  });

  it('say why they didn’t arrive, don’t keep from publishing, and arrive when they are tried again', async () => {
    const id = await ownPage('Failing', '<p>one</p>');
    const writer = await writing(id);
    await writer.page.route(uploads, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await bring(writer, { files: ['a.png', 'b.png'], on: 'one' });
    const failed = (name: string) =>
      writer.page
        .getByRole('alert')
        .filter({ hasText: `${name} could not be uploaded: The wiki can’t answer right now` });
    await failed('a.png').waitFor();
    await failed('b.png').waitFor();
    await becomes(() => writer.page.getByRole('button', { name: 'Save' }).isEnabled(), true);
    expect(await seriousViolations(writer.page)).toEqual([]);
    await writer.page.getByRole('button', { name: 'Dismiss the message about b.png' }).click();
    await failed('b.png').waitFor({ state: 'detached' });
    await writer.page.unroute(uploads);
    await writer.page.getByRole('button', { name: 'Try again to upload a.png' }).click();
    await pictures(writer, 1);
    await writer.save();
    expect(await storedBody(id)).toBe(`<p>${image('a.png')}one</p>`);
  });
});
