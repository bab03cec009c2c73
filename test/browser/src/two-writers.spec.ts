import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { startBrowser } from './chromium.js';
import { ownPage } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import { RestClient } from './sample-wiki.js';
import { stored, storedBody, Writer } from './writer.js';
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
const writerAs = async (account: Account, id: string, gateway: 0 | 1, options = {}): Promise<Writer> =>
  new Writer(await (await Visitor.at(browser, options, gateway)).as(account)).edit(id);

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
    await reader.edit(id, '<p>one of theirs</p><p>two</p><p>three</p>');
    await writer.type(' of mine');
    const asked: string[] = [];
    writer.page.on('request', (request) => {
      if (request.url().endsWith('status=any')) asked.push(request.method());
    });
    await writer.page.keyboard.press('Control+s');
    const dialog = writer.page.getByRole('dialog');
    await dialog.getByText('both go together by themselves').waitFor();
    await dialog.locator('ins', { hasText: 'of theirs' }).waitFor();
    // What was published is asked for once, to recognise it and to show it.
    expect(asked).toEqual(['GET']);
    await dialog.getByRole('button', { name: 'Put both together' }).click();
    await writer.notice('Both texts are put together').waitFor();
    await writer.save();
    expect(await storedBody(id)).toBe('<p>one of theirs</p><p>two</p><p>three of mine</p>');
    expect((await stored(id)).version.number).toBe(3);
    expect(writer.visitor.complaints.filter((each) => !each.includes('status of 409'))).toEqual([]);
  });

  it.each([
    ['The text of Rei Ishikawa', '<p>one theirs</p>'],
    ['Your text', '<p>one mine</p>'],
    [undefined, '<p>one theirs</p><p>one mine</p>'],
  ])('choose where both changed the same, by keyboard: %s', async (choice, expected) => {
    const id = await newPage('<p>one</p>');
    await using writer = await writerAs('administrator', id, 1);
    await reader.edit(id, '<p>one theirs</p>');
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
    expect(await storedBody(id)).toBe(expected);
  });

  it('see what stood there before, with what each has changed of it, cell by cell', async () => {
    const columns = (one: string, other: string) =>
      `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>${one}</p></ac:layout-cell><ac:layout-cell><p>${other}</p></ac:layout-cell></ac:layout-section></ac:layout>`;
    const id = await newPage(columns('Call the first person on the list', 'Stays as it is'));
    await using writer = await writerAs('administrator', id, 0);
    await reader.edit(id, columns('Call the second person on the list', 'Was theirs'));
    await writer.text.getByText('Call the first person').click();
    await writer.knowsItsPlace();
    await writer.page.keyboard.press('End');
    await writer.knowsItsPlace();
    await writer.page.keyboard.type(' now');
    await writer.page.keyboard.press('Control+s');
    const dialog = writer.page.getByRole('dialog');
    await dialog.getByText('both go together by themselves').waitFor();
    expect(await dialog.locator('ins').allTextContents()).toEqual([
      'Added: second',
      'Added:  now',
      'Added: Was theirs',
    ]);
    expect(await dialog.locator('del').allTextContents()).toEqual(['Removed: first', 'Removed: Stays as it is']);
    await dialog.getByRole('button', { name: 'Put both together' }).click();
    await writer.notice('Both texts are put together').waitFor();
    await writer.save();
    expect(await storedBody(id)).toBe(columns('Call the second person on the list now', 'Was theirs'));
  });

  it('are shown all three texts of what is disputed', async () => {
    const id = await newPage('<h2>Call the first person</h2>');
    await using writer = await writerAs('administrator', id, 0);
    await reader.edit(id, '<h3>Call the second person</h3>');
    await writer.type('Control+Home', 'Control+Shift+ArrowRight', 'Ring ');
    await writer.page.keyboard.press('End');
    for (let words = 0; words < 2; words += 1) await writer.page.keyboard.press('Control+Backspace');
    await writer.page.keyboard.type('third person');
    await writer.page.keyboard.press('Control+s');
    const [base, theirs, mine] = await Promise.all(
      [0, 1, 2].map((place) => writer.page.locator('.merge-sides > div').nth(place).innerText()),
    );
    expect(base).toContain('As it was before');
    expect(base).toContain('Call the first person');
    expect(theirs).toMatch(/Removed:\s*first/);
    expect(theirs).toContain('heading 2 → 3');
    expect(mine).toMatch(/Added:\s*third/);
  });

  it('stay where they are when the other text can’t be read', async () => {
    const id = await newPage('<p>one</p>');
    await using writer = await writerAs('administrator', id, 0);
    await reader.edit(id, '<p>one theirs</p>');
    await writer.notice('has just saved version 2').waitFor();
    await writer.type(' mine');
    await writer.visitor.context.route('**/rest/api/content/**', (route) => route.abort());
    await writer.page.getByRole('button', { name: 'Put both together…' }).click();
    await writer.page.getByRole('alert').filter({ hasText: 'Your text is still here' }).waitFor();
    await writer.text.getByText('one mine').waitFor();
    await writer.visitor.context.unroute('**/rest/api/content/**');
    await writer.page.getByRole('button', { name: 'Put both together…' }).click();
    await writer.page.getByRole('dialog').waitFor();
  });

  it.each(['light', 'dark'] as const)('see what to choose from without a barrier, in %s', async (colorScheme) => {
    const id = await newPage('<p>one</p><p>two</p>');
    await using writer = await writerAs('administrator', id, 0, { colorScheme, viewport: { width: 360, height: 740 } });
    await reader.edit(id, '<p>one theirs</p><p>2</p>');
    await writer.type('Control+Home', 'mine ');
    await writer.page.keyboard.press('Control+s');
    await writer.page.getByRole('dialog').getByText('1 part was changed').waitFor();
    expect(await seriousViolations(writer.page)).toEqual([]);
    expect(await writer.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // A word takes the room of a word, so that the choices are seen together.
    expect((await writer.page.locator('.compare-blocks').first().boundingBox())?.height).toBeLessThan(100);
  });
});
