import { beforeEach, describe, expect, it } from '@jest/globals';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('administrator');
});

const addressOf = (id: string) => `/pages/viewpage.action?pageId=${id}`;
const button = (name: string) => visitor.page.getByRole('button', { name, exact: true });
const side = (title: string) => visitor.page.locator('summary', { hasText: title });

describe('comments', () => {
  it('are written, answered, edited and deleted', async () => {
    await visitor.open(addressOf(await ownPage('Talk', '<p>Say something.</p>')));
    await visitor.page.getByRole('heading', { name: 'No comments yet' }).waitFor();
    await visitor.page.getByLabel('Write a comment').fill('First <b>line</b>\nsecond line\n\nanother paragraph');
    await button('Add the comment').click();
    await visitor.page.getByRole('heading', { name: '1 comment' }).waitFor();
    const comment = visitor.page.locator('.comment').first();
    expect(await comment.locator('.wiki-content').innerText()).toBe(
      'First <b>line</b>\nsecond line\n\nanother paragraph',
    );
    await becomes(() => visitor.page.getByLabel('Write a comment').inputValue(), '');

    await button('Reply').click();
    await visitor.page.getByLabel('Reply to Administrator').fill('An answer');
    await visitor.page.getByLabel('Reply to Administrator').press('Control+Enter');
    await visitor.page.locator('.comments li li .comment', { hasText: 'An answer' }).waitFor();

    await comment.getByRole('button', { name: 'Edit' }).click();
    const edited = visitor.page.getByRole('textbox', { name: 'Edit' });
    await becomes(() => edited.inputValue(), 'First <b>line</b>\nsecond line\n\nanother paragraph');
    await edited.fill('Said otherwise');
    await button('Save').click();
    await comment.getByText('Said otherwise').waitFor();
    await comment.getByText('edited').waitFor();

    const answer = visitor.page.locator('.comments li li .comment');
    await answer.getByRole('button', { name: 'Delete' }).click();
    await answer.getByText('Delete this comment?').waitFor();
    await answer.getByRole('button', { name: 'Delete' }).click();
    await answer.waitFor({ state: 'detached' });
    await visitor.page.getByRole('heading', { name: '1 comment' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('keep what was written when the wiki can’t take it', async () => {
    await visitor.open(addressOf(await ownPage('Trouble', '<p>Say something.</p>')));
    await visitor.context.route('**/rest/api/content', (route) => route.abort());
    await visitor.page.getByLabel('Write a comment').fill('Long thought about');
    await button('Add the comment').click();
    await visitor.page.getByRole('alert').getByText('The wiki can’t answer right now').waitFor();
    await becomes(() => visitor.page.getByLabel('Write a comment').inputValue(), 'Long thought about');
    await visitor.context.unroute('**/rest/api/content');
    await button('Add the comment').click();
    await visitor.page.locator('.comment', { hasText: 'Long thought about' }).waitFor();
  });

  it('are there again when one comes back before they are sent, and for nobody else', async () => {
    const address = addressOf(await ownPage('Interrupted', '<p>Say something.</p>'));
    const writing = visitor.page.getByLabel('Write a comment');
    await visitor.open(address);
    await writing.fill('Sent first');
    await button('Add the comment').click();
    const comment = visitor.page.locator('.comment', { hasText: 'Sent first' });
    await comment.getByRole('button', { name: 'Reply' }).click();
    await comment.getByLabel('Reply to Administrator').fill('Half an answer');
    await writing.fill('Half a thought');
    await visitor.page.getByRole('link', { name: 'Spaces' }).click();
    await visitor.reads('Spaces');
    await visitor.page.goBack();
    await comment.getByLabel('Reply to Administrator').waitFor();
    await becomes(() => comment.getByLabel('Reply to Administrator').inputValue(), 'Half an answer');
    await visitor.page.reload();
    await becomes(() => writing.inputValue(), 'Half a thought');
    // What is thrown away, or sent, doesn't come again.
    await comment.getByRole('button', { name: 'Cancel' }).click();
    await button('Add the comment').click();
    await visitor.page.locator('.comment', { hasText: 'Half a thought' }).waitFor();
    await visitor.page.reload();
    await comment.waitFor();
    expect([await writing.inputValue(), await visitor.page.getByLabel('Reply to Administrator').count()]).toEqual([
      '',
      0,
    ]);
    await writing.fill('Nobody’s business');
    await button('Account: Administrator').click();
    await button('Sign out').click();
    await visitor.page.getByLabel('Username').waitFor();
    expect(await visitor.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('business');
    await visitor.as('administrator');
  });

  it('offer nobody to change those of others, or what is more than plain text', async () => {
    const page = await ownPage('Rich', '<p>Say something.</p>');
    const body = { storage: { value: '<p>With <strong>weight</strong></p>', representation: 'storage' } };
    const { id } = await rest.send('POST', '/rest/api/content', {
      type: 'comment',
      container: { id: page, type: 'page' },
      body,
    });
    await visitor.open(addressOf(page));
    await button('Reply').waitFor();
    expect(await button('Edit').count()).toBe(0);
    await using reader = await (await visit()).as('reader');
    await reader.open(`${addressOf(page)}#comment-${String(id)}`);
    await reader.page.waitForFunction((anchor) => document.activeElement?.id === anchor, `comment-${String(id)}`);
    await reader.page.getByRole('button', { name: 'Reply' }).waitFor();
    expect(await reader.page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
  });
});

describe('the history', () => {
  it('compares two versions, by words and blocks, and restores one', async () => {
    const id = await ownPage('Plan', '<p>Call the first number.</p><p>Stays.</p><p>Goes away.</p>');
    await rest.edit(id, '<p>Call the second number.</p><p>Stays.</p><ul><li>Comes</li></ul>', { title: 'Plan' });
    await visitor.open(addressOf(id));
    await visitor.page.getByText('Call the second number.').waitFor();
    await side('Versions').click();
    await button('Compare the chosen versions').click();
    await visitor.reads('Changes of Plan');
    expect(await visitor.page.locator('ins').allTextContents()).toEqual(['Added: second', 'Added: Comes']);
    expect(await visitor.page.locator('del').allTextContents()).toEqual(['Removed: first', 'Removed: Goes away.']);
    const decoration = await visitor.page
      .locator('del')
      .first()
      .evaluate((element) => getComputedStyle(element).textDecorationLine);
    expect(decoration).toBe('line-through');
    expect(visitor.pathname()).toContain('originalVersion=1&revisedVersion=2');
    await visitor.page.goBack();
    await visitor.page.getByText('Call the second number.').waitFor();
    await side('Versions').click();
    await button('Restore version 1').click();
    await visitor.page.getByText('Call the first number.').waitFor();
    await visitor.page.getByText('Restored version 1').first().waitFor();
    const now = await rest.send<{ version: { number: number } }>('GET', `/rest/api/content/${id}`);
    expect(now.version.number).toBe(3);
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });
});

describe('what hangs on a page', () => {
  it('are files, to download', async () => {
    await visitor.open(addressOf(pages.elements));
    await side('Attachments').click();
    const row = visitor.page.getByRole('row', { name: /deployment\.svg/ });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/\d{3} bytes/);
    const downloading = visitor.page.waitForEvent('download');
    await row.getByRole('link').click();
    expect((await downloading).suggestedFilename()).toBe('deployment.svg');
  });

  it('are files, to add, look at, bring up to date and remove', async () => {
    const id = await ownPage('Files', '<p>See below.</p>');
    await visitor.open(addressOf(id));
    await side('Attachments').click();
    const { page } = visitor;
    const choose = async (...files: { name: string; mimeType: string; buffer: Buffer }[]) => {
      const chooser = page.waitForEvent('filechooser');
      await button('Add files').click();
      await (await chooser).setFiles(files);
    };
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    const text = (content: string) => ({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
    await choose(text('First.'), { name: 'plan.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('plan.svg').waitFor();
    await choose(text('Second.'));
    await row('notes.txt').getByText('Version 2').click();
    const older = await row('notes.txt').getByRole('link', { name: 'Version 1' }).getAttribute('href');
    expect(await (await visitor.context.request.get(older ?? '')).text()).toBe('First.');
    await button('Look at plan.svg').click();
    await page.getByRole('dialog', { name: 'plan.svg' }).getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    expect(await seriousViolations(page)).toEqual([]);
    await button('Move notes.txt to the trash').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move to trash' }).click();
    await row('notes.txt').waitFor({ state: 'detached' });
    await visitor.context.route('**/child/attachment', (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({ status: 413, contentType: 'application/json', body: '{"message":"Too large"}' })
        : route.continue(),
    );
    await choose(text('Third.'));
    await page.getByText('notes.txt could not be uploaded: It is too large for this wiki.').waitFor();
    await using reader = await (await visit()).as('reader');
    const revoked = ['create', 'delete'].map((operationKey) => ({ targetType: 'attachment', operationKey }));
    const spaceKey = await spaceKeyOf(id);
    await rest.send('PUT', `/rest/api/space/${spaceKey}/permissions/group/confluence-users/revoke`, revoked);
    await reader.open(addressOf(id));
    await reader.page.locator('summary', { hasText: 'Attachments' }).click();
    await reader.page.getByRole('link', { name: 'plan.svg' }).waitFor();
    await reader.page.waitForLoadState('networkidle');
    expect(await reader.page.getByRole('button', { name: /Add files|to the trash/ }).count()).toBe(0);
  });

  it('are labels, changed by those who may edit', async () => {
    const id = await ownPage('Labelled', '<p>Text.</p>');
    await visitor.open(addressOf(id));
    const labels = visitor.page.getByRole('region', { name: 'Labels' });
    await labels.getByLabel('Add a label').fill('Release-Notes');
    await labels.getByLabel('Add a label').press('Enter');
    await labels.getByRole('link', { name: 'release-notes' }).waitFor();
    await labels.getByLabel('Add a label').fill('two words?');
    await labels.getByLabel('Add a label').press('Enter');
    await labels.getByRole('alert').getByText('A label can’t be empty').waitFor();
    await labels.getByRole('button', { name: 'Remove the label release-notes' }).click();
    await labels.getByRole('link', { name: 'release-notes' }).waitFor({ state: 'detached' });
  });

  it('is who wrote it, and a short link that leads to it', async () => {
    await visitor.open(addressOf(pages.onCall));
    await side('Page information').click();
    await visitor.page.getByText(pages.onCall, { exact: true }).waitFor();
    const link = visitor.page.locator('.tiny-link a');
    await visitor.open((await link.getAttribute('href')) ?? '');
    await visitor.reads('On-call guide');
  });

  it('is what links to it, and a former title leads to it', async () => {
    const id = await ownPage('Linked to', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    const link = `<p><ac:link><ri:page ri:space-key="${spaceKey}" ri:content-title="Linked to" /></ac:link></p>`;
    await ownPage('What links there', link);
    await rest.send('PUT', `/rest/api/content/${id}`, { type: 'page', title: 'Renamed', version: { number: 2 } });
    await visitor.open(`/display/${spaceKey}/Linked+to`);
    await visitor.reads('Renamed');
    await becomes(() => visitor.pathname(), `/display/${spaceKey}/Renamed`);
    await visitor.page.getByRole('status').getByText('This page was called “Linked to” before.').waitFor();
    await side('Page information').click();
    await visitor.page.getByRole('listitem').getByRole('link', { name: 'What links there' }).click();
    await visitor.reads('What links there');
    await visitor.page.getByRole('main').getByRole('link', { name: 'Renamed' }).click();
    await visitor.reads('Renamed');
    expect(await visitor.page.getByText(/This page was called/).count()).toBe(0);
  });

  it('is whether one watches it, at each gateway', async () => {
    const id = await ownPage('Watched', '<p>Text.</p>');
    await using reader = await (await visit()).as('reader');
    await reader.open(addressOf(id));
    const watch = reader.page.getByRole('button', { name: 'Watch' });
    const stop = reader.page.getByRole('button', { name: 'Stop watching' });
    const answerTo = (method: string) =>
      reader.page.waitForResponse(
        (response) => response.url().includes('/watch/') && response.request().method() === method,
      );
    for (const [pressed, method] of [
      [watch, 'POST'],
      [stop, 'DELETE'],
      [watch, 'POST'],
    ] as const) {
      const answer = answerTo(method);
      await pressed.click();
      expect((await answer).status()).toBe(204);
    }
    await reader.open(`${sampleCluster().gateways[1]}${addressOf(id)}`);
    await stop.waitFor();
  });
});
