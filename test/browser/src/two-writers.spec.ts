import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { startBrowser } from './chromium.js';
import { ownPage } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import { RestClient } from './sample-wiki.js';
import { stored, Writer } from './writer.js';
import { Visitor, type Account } from './visitor.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const reader = new RestClient(
  sampleCluster().gateways[1],
  `Basic ${Buffer.from('reader:reader-password').toString('base64')}`,
);
let count = 0;
const newPage = (body: string) => ownPage(`Of two writers ${(count += 1)}`, body);
const writerAs = async (account: Account, id: string, gateway: number, options = {}): Promise<Writer> =>
  new Writer(await (await Visitor.at(browser, options, gateway)).as(account)).edit(id);

/** The reader publishes the next version. */
async function publish(id: string, body: string): Promise<void> {
  const { title, version } = await stored(id);
  await reader.send('PUT', `/rest/api/content/${id}`, {
    type: 'page',
    title,
    version: { number: version.number + 1 },
    body: { storage: { value: body, representation: 'storage' } },
  });
}

describe('two who edit the same page', () => {
  it('are told of each other, at different gateways, and of what is published', async () => {
    const id = await newPage('<p>one</p><p>two</p>');
    await using first = await writerAs('administrator', id, 0);
    {
      await using second = await writerAs('reader', id, 1);
      await second.notice('Administrator also has this page open').waitFor();
      await first.notice('Rei Ishikawa also has this page open').waitFor();
      expect(await seriousViolations(first.page)).toEqual([]);
      await second.type(' theirs');
      await second.save();
    }
    await first.notice('Rei Ishikawa has just saved version 2').waitFor();
    await first.notice('also has this page open').waitFor({ state: 'detached' });
    await first.page.getByRole('button', { name: 'Put both together…' }).click();
    await first.page.getByRole('dialog').getByText('Changed by Rei Ishikawa').waitFor();
  });

  it('have both texts put together where they changed different parts', async () => {
    const id = await newPage('<p>one</p><p>two</p><p>three</p>');
    await using writer = await writerAs('administrator', id, 0);
    await publish(id, '<p>one of theirs</p><p>two</p><p>three</p>');
    await writer.type(' of mine');
    await writer.page.keyboard.press('Control+s');
    const dialog = writer.page.getByRole('dialog');
    await dialog.getByText('both go together by themselves').waitFor();
    await dialog.getByText('one of theirs').waitFor();
    await dialog.getByRole('button', { name: 'Put both together' }).click();
    await writer.notice('Both texts are put together').waitFor();
    await writer.save();
    expect((await stored(id)).body.storage.value).toBe('<p>one of theirs</p><p>two</p><p>three of mine</p>');
    expect((await stored(id)).version.number).toBe(3);
    expect(writer.visitor.complaints.filter((each) => !each.includes('409'))).toEqual([]);
  });

  it.each([
    ['The text of Rei Ishikawa', '<p>one theirs</p>'],
    ['Your text', '<p>one mine</p>'],
    [undefined, '<p>one theirs</p><p>one mine</p>'],
  ])('choose where both changed the same, by keyboard: %s', async (choice, expected) => {
    const id = await newPage('<p>one</p>');
    await using writer = await writerAs('administrator', id, 1);
    await publish(id, '<p>one theirs</p>');
    await writer.type(' mine');
    await writer.page.keyboard.press('Control+s');
    const dialog = writer.page.getByRole('dialog');
    await dialog.getByText('1 part was changed by both of you').waitFor();
    if (choice !== undefined) {
      await dialog.getByRole('radio', { name: choice }).focus();
      await writer.page.keyboard.press('Space');
    }
    await dialog.getByRole('button', { name: 'Put both together' }).focus();
    await writer.page.keyboard.press('Enter');
    await writer.notice('Both texts are put together').waitFor();
    await writer.save();
    expect((await stored(id)).body.storage.value).toBe(expected);
  });

  it.each(['light', 'dark'] as const)('see what to choose from without a barrier, in %s', async (colorScheme) => {
    const id = await newPage('<p>one</p><p>two</p>');
    await using writer = await writerAs('administrator', id, 0, { colorScheme, viewport: { width: 360, height: 740 } });
    await publish(id, '<p>one theirs</p><p>2</p>');
    await writer.type('Control+Home', 'mine ');
    await writer.page.keyboard.press('Control+s');
    await writer.page.getByRole('dialog').getByText('1 part was changed').waitFor();
    expect(await seriousViolations(writer.page)).toEqual([]);
    expect(await writer.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // A word takes the room of a word, so that the choices are seen together.
    expect((await writer.page.locator('.merge-text').first().boundingBox())?.height).toBeLessThan(100);
  });
});
