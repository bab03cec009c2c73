import { describe, expect, it } from '@jest/globals';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { isFound, ownPage, rest, spaceKeyOf } from './own-page.js';
import { visits } from './visits.js';
import { storedBody, Writer } from './writer.js';

const visit = visits();

const writing = async (id: string): Promise<Writer> => Writer.atEnd(await visit(), id);

function partsOf({ page }: Writer) {
  const dialog = page.getByRole('dialog');
  return {
    bubble: page.getByRole('group', { name: 'Link' }),
    dialog,
    field: dialog.getByRole('combobox'),
    option: (name: string | RegExp) => dialog.getByRole('option', { name }),
  };
}

describe('a link', () => {
  it('says where it goes when the cursor is in it, is changed by keyboard', async () => {
    const id = await ownPage('With a link', '<p>See <a href="https://old.example/a">the site</a></p>');
    const writer = await writing(id);
    const { page } = writer;
    const { bubble, dialog, field } = partsOf(writer);
    await bubble.getByRole('link', { name: 'https://old.example/a' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Link to https://old.example/a. Ctrl+K changes it.' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await bubble.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await becomes(() => field.inputValue(), 'https://old.example/a');
    expect(await seriousViolations(page)).toEqual([]);
    // As it is: nothing is changed.
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('https://new.example');
    await page.keyboard.press('Enter');
    await bubble.getByRole('link', { name: 'https://new.example' }).waitFor();
    await page.keyboard.type(' and more');
    await writer.save();
    expect(await storedBody(id)).toBe('<p>See <a href="https://new.example">the site</a> and more</p>');
  });

  it('is taken away by what stands below it, which the Tab key leads to', async () => {
    const id = await ownPage('With too many links', '<p>See <a href="https://old.example/a">the site</a></p>');
    const again = await writing(id);
    await partsOf(again).bubble.waitFor();
    for (let step = 0; step < 3; step += 1) await again.page.keyboard.press('Tab');
    await again.page.keyboard.press('Enter');
    await partsOf(again).bubble.waitFor({ state: 'detached' });
    await again.page.keyboard.type('!');
    await again.save();
    expect(await storedBody(id)).toBe('<p>See the site!</p>');
  });

  it('goes to headings and files of its page, and to pages and blog posts, which are found by their titles', async () => {
    const title = `Linked ${Date.now()}`;
    const id = await ownPage('Linking', `<h2>Next steps</h2><p>see </p>`);
    const spaceKey = await spaceKeyOf(id);
    await rest.send('POST', '/rest/api/content', {
      type: 'blogpost',
      title,
      space: { key: spaceKey },
      body: { storage: { value: '<p>news</p>', representation: 'storage' } },
    });
    await isFound(title);
    const writer = await writing(id);
    const { page } = writer;
    const { option } = partsOf(writer);
    const link = async (words: string) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(words);
    };
    const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
    await page.locator('input[type=file]').setInputFiles(file);
    await writer.text.getByText('plan.txt').waitFor();
    await writer.type('Enter');
    await link('#next');
    await option('Next steps Heading').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' ');
    await link('');
    await option('plan.txt File').waitFor();
    await page.keyboard.press('ArrowUp');
    await becomes(() => option(/plan/).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' ');
    await link(title);
    await option(`${title} Blog post`).waitFor();
    await page.keyboard.press('Enter');
    await writer.save();
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const to = (attributes: string, target: string, words: string) =>
      `<ac:link${attributes}>${target}<ac:link-body>${words}</ac:link-body></ac:link>`;
    expect(await storedBody(id)).toBe(
      '<h2>Next steps</h2><p>see <ac:link><ri:attachment ri:filename="plan.txt" /></ac:link></p><p>' +
        `${to(' ac:anchor="Next steps"', '', 'Next steps')} ${to('', '<ri:attachment ri:filename="plan.txt" />', 'plan.txt')} ` +
        `${to('', `<ri:blog-post ri:content-title="${title}" ri:posting-day="${day}" />`, title)}</p>`,
    );
    await writer.visitor.reads('Linking');
    const links = page.getByRole('main').locator('.wiki-content a');
    const addresses = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
    expect(addresses.map((address) => address.replace(/\?.*$/, ''))).toEqual([
      expect.stringMatching(/\/plan\.txt$/),
      '#Linking-Nextsteps',
      expect.stringMatching(/\/plan\.txt$/),
      expect.stringContaining(`/${day}/`),
    ]);
  });

  it('goes to pages of its space and of others, chosen by the mouse and by the keyboard', async () => {
    const words = `Target ${Date.now()}`;
    const [near, far] = [`${words} near`, `${words} far`];
    const id = await ownPage('Linking pages', '<p>see </p>');
    const farKey = await spaceKeyOf(await ownPage(far, '<p>Far away.</p>'));
    const body = { storage: { value: '<p>Nearby.</p>', representation: 'storage' } };
    await rest.send('POST', '/rest/api/content', {
      type: 'page',
      title: near,
      space: { key: await spaceKeyOf(id) },
      body,
    });
    await Promise.all([near, far].map(isFound));
    const writer = await writing(id);
    const { page } = writer;
    const { dialog, option } = partsOf(writer);
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await option(new RegExp(`^${far} Page`)).click();
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.type(' and ');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    const wanted = option(new RegExp(`^${near} Page`));
    await wanted.waitFor();
    const isChosen = async () => (await wanted.getAttribute('aria-selected')) === 'true';
    for (let step = 0; step < 5 && !(await isChosen()); step += 1) await page.keyboard.press('ArrowDown');
    expect(await isChosen()).toBe(true);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await writer.save();
    const link = (attributes: string, title: string) =>
      `<ac:link><ri:page ri:content-title="${title}"${attributes} /><ac:link-body>${title}</ac:link-body></ac:link>`;
    expect(await storedBody(id)).toBe(`<p>see ${link(` ri:space-key="${farKey}"`, far)} and ${link('', near)}</p>`);
    await writer.visitor.reads('Linking pages');
    await page.getByRole('main').getByRole('link', { name: near }).press('Enter');
    await page.getByText('Nearby.').waitFor();
  });
});
