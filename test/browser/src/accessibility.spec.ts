import { describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import { Inspection } from './axe.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Account, Visitor } from './visitor.js';
import { visits } from './visits.js';

/** WCAG on what is read; its neighbours look at the screens of administrators and at the editor. */
const { pages } = sampleCluster();
const visit = visits();

/** Nothing moves, so that no colour is between two when it is looked at. */
async function inspected(account: Account, options = {}): Promise<{ visitor: Visitor; inspection: Inspection }> {
  const visitor = await (await visit({ reducedMotion: 'reduce', ...options })).as(account);
  return { visitor, inspection: new Inspection(visitor.page) };
}

const addressOf = (id: string) => `/pages/viewpage.action?pageId=${id}`;

describe('axe finds nothing, in light and in dark,', () => {
  it('in what is told when there is nothing to read', async () => {
    const { visitor, inspection } = await inspected('reader');
    const { page } = visitor;
    for (const [state, path, heading] of [
      ['an address of nobody', '/nothing/is/here', 'This page isn’t here'],
      ['the console for a reader', '/admin/cluster', 'You may not do this'],
    ] as const) {
      await visitor.open(path);
      await visitor.reads(heading);
      await inspection.look(state);
    }
    await visitor.open('/display/OPS/On-call');
    await page.getByRole('heading', { name: 'Pages with such a title' }).waitFor();
    await inspection.look('pages that may be meant');
    await visitor.open('/search?q=nothing-of-the-kind');
    await page.getByText('Nothing found').waitFor();
    await inspection.look('nothing found');
    await visitor.open('/display/EMPTY');
    await inspection.look('an empty space');
    await page.route('**/rest/api/content**', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.route('**/rest/tributary/1/mode', (route) =>
      route.fulfill({ json: { readOnly: true, banner: 'We move to other machines.' } }),
    );
    await visitor.open('/x/AAAAAQ');
    await visitor.reads('The wiki can’t answer right now');
    await page.getByText('We move to other machines.').waitFor();
    await inspection.look('a wiki that can’t answer, and is read-only');
    expect(inspection.found).toEqual([]);
  });

  it('in the menus, searches and sheets of the frame', async () => {
    const { visitor, inspection } = await inspected('administrator');
    const { page } = visitor;
    await visitor.open(addressOf(pages.restore));
    await visitor.treeItem('Runbooks').waitFor();
    await page.getByRole('button', { name: 'Account: Administrator' }).click();
    await page.getByRole('link', { name: 'Administration' }).waitFor();
    await inspection.look('the account’s menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.getByRole('menuitem', { name: 'Page', exact: true }).waitFor();
    await inspection.look('the + menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await inspection.look('the sheet of keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await inspection.look('the quick search with what was read');
    await page.getByRole('combobox', { name: 'Search' }).fill('backup');
    await page
      .getByRole('option', { name: /Restore a backup/ })
      .locator('mark')
      .waitFor();
    await inspection.look('the quick search with what was found');
    await page.keyboard.press('Escape');
    await visitor.open('/search?q=backup&space=OPS');
    await page.getByRole('region', { name: 'Results' }).getByRole('link').first().waitFor();
    await page.getByText('The CQL behind it').click();
    await inspection.look('the search with its CQL');
    await visitor.open('/spaces');
    await page.getByRole('button', { name: 'Create a space' }).click();
    await page.getByRole('dialog', { name: 'Create a space' }).waitFor();
    await inspection.look('a new space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.getByRole('menuitem', { name: 'Page', exact: true }).click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await inspection.look('the choice of a space');
    expect(inspection.found).toEqual([]);
  });

  it('in what is done with a page', async () => {
    const id = await ownPage('Placed', '<p>Stop the writers, then restore.</p>');
    const { visitor, inspection } = await inspected('administrator');
    const { page } = visitor;
    const dialog = page.getByRole('dialog');
    await visitor.open(addressOf(id));
    for (const [button, content] of [
      ['Move the page', dialog.getByRole('radio').first()],
      ['Copy the page', dialog.getByRole('radio').first()],
      ['Move to trash', dialog.getByRole('button', { name: 'Move to trash' })],
      ['Restrict who can view and edit', dialog.getByRole('combobox')],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await content.first().waitFor();
      await inspection.look(button);
      if (button !== 'Restrict who can view and edit') await page.keyboard.press('Escape');
    }
    await dialog.getByRole('combobox').selectOption({ label: 'Only some can view or edit' });
    await dialog.getByRole('combobox', { name: 'Add a person or a group' }).fill('rei');
    await dialog.getByRole('option', { name: /Rei Ishikawa/ }).waitFor();
    await inspection.look('restrictions with somebody to choose');
    await page.keyboard.press('Escape');
    const labels = page.getByRole('region', { name: 'Labels' });
    await labels.getByLabel('Add a label').fill('two words?');
    await labels.getByLabel('Add a label').press('Enter');
    await labels.getByRole('alert').waitFor();
    await inspection.look('a label that is refused');
    await rest.edit(id, '<p>Another text.</p>', { title: 'Placed' });
    await page.getByRole('button', { name: 'Read the new version' }).waitFor();
    await inspection.look('a page that was changed meanwhile');
    expect(inspection.found).toEqual([]);
  });

  it('in what stands below and beside a page’s text', async () => {
    const { visitor, inspection } = await inspected('administrator');
    const { page } = visitor;
    const id = await ownPage('Talked about', '<p>Stop the writers, then restore.</p>');
    const key = await spaceKeyOf(id);
    await visitor.open(addressOf(id));
    const writing = page.getByLabel('Write a comment');
    await writing.fill('First');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    await page.locator('.comment').waitFor();
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await page.getByLabel('Reply to Administrator').waitFor();
    await inspection.look('an answer that is written');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.comment').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Delete this comment?').waitFor();
    await inspection.look('a comment about to be deleted');
    await page.reload();
    await page.locator('.comment').waitFor();
    await page
      .locator('.wiki-content p')
      .first()
      .evaluate((element) => {
        const words = element.firstChild as Text;
        getSelection()?.setBaseAndExtent(words, 9, words, 16);
      });
    await page.keyboard.press('Control+Alt+m');
    const panel = page.getByRole('complementary', { name: 'About “writers”' });
    await panel.waitFor();
    await inspection.look('a passage that is commented on');
    await page.getByLabel('What do you want to say about it?').fill('Which of them?');
    await page.keyboard.press('Control+Enter');
    await panel.locator('.comment').waitFor();
    await inspection.look('a comment on a passage');
    await panel.getByRole('button', { name: 'Resolve' }).click();
    await panel.getByText('Resolved by').waitFor();
    await inspection.look('a resolved comment');

    await visitor.open(addressOf(pages.elements));
    await page.locator('summary', { hasText: 'Attachments' }).click();
    await page.getByRole('button', { name: 'Look at deployment.svg' }).waitFor();
    await page.locator('summary', { hasText: 'Page information' }).click();
    await page.getByText('Short link').waitFor();
    await page.getByRole('button', { name: 'Move deployment.svg to the trash' }).click();
    await page.getByRole('dialog').waitFor();
    await inspection.look('a file about to be trashed');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'How it is deployed' }).click();
    await page.getByRole('dialog', { name: 'How it is deployed' }).getByRole('img').waitFor();
    await inspection.look('a picture in large');

    const post = await rest.send<{ _links: { webui: string } }>('POST', '/rest/api/content', {
      type: 'blogpost',
      title: 'What is new',
      space: { key },
      body: { storage: { value: '<p>Much.</p>', representation: 'storage' } },
    });
    await visitor.open(post._links.webui);
    await visitor.reads('What is new');
    await inspection.look('a blog post');
    const listed = page.getByRole('main').getByRole('link', { name: 'What is new' });
    await until('the post to be listed', async () => {
      await visitor.open(`/pages/viewrecentblogposts.action?key=${key}`);
      return (await listed.count()) > 0;
    });
    await inspection.look('a blog');
    await rest.send('DELETE', `/rest/api/content/${id}`);
    await visitor.open(`/display/${key}/Talked+about`);
    await page.getByText('is in the trash.').waitFor();
    await inspection.look('a page in the trash');
    expect(inspection.found).toEqual([]);
  });

  it('in a tree whose branches are on their way, or can’t be had', async () => {
    const { visitor, inspection } = await inspected('reader');
    const answer = Promise.withResolvers<void>();
    await visitor.page.route(`**/rest/api/content/${pages.runbooks}/child/page?*`, async (route) => {
      await answer.promise;
      await route.fulfill({ status: 503, body: '{}' });
    });
    await visitor.open(addressOf(pages.restore));
    const onTheirWay = visitor.page.getByRole('tree').getByText('Loading');
    await until('one branch only to be on its way', async () => (await onTheirWay.count()) === 1);
    await inspection.look('a branch on its way');
    answer.resolve();
    await onTheirWay.waitFor({ state: 'hidden' });
    await inspection.look('a branch that can’t be had');
    expect(inspection.found).toEqual([]);
  });

  it('on a phone with the tree over the page', async () => {
    const { visitor, inspection } = await inspected('reader', { viewport: { width: 360, height: 740 } });
    await visitor.open(addressOf(pages.restore));
    await visitor.page.getByRole('button', { name: 'Pages' }).click();
    await visitor.treeItem('Runbooks').waitFor();
    await inspection.look('the drawer');
    // What the tree covers is inert meanwhile, its main landmark and its heading with it.
    const covered = /: (?:landmark-one-main|page-has-heading-one): /;
    expect(inspection.found.filter((each) => !covered.test(each))).toEqual([]);
  });
});
