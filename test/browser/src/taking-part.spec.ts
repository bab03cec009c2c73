import { beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { ownPage, rest } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

/** What readers do to a page without editing it. */
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('administrator');
});

const addressOf = (id: string) => `/pages/viewpage.action?pageId=${id}`;
const task = (id: number, text: string) =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${text}</ac:task-body></ac:task>`;
const storageNow = async (id: string) =>
  (await rest.send<{ body: { storage: { value: string } } }>('GET', `/rest/api/content/${id}?expand=body.storage`)).body
    .storage.value;

describe('a reader', () => {
  it('likes a page and a comment, and sees who else does', async () => {
    const id = await ownPage('Liked', '<p>Good news.</p>');
    const comment = { type: 'comment', container: { id, type: 'page' } };
    await rest.send('POST', '/rest/api/content', {
      ...comment,
      body: { storage: { value: '<p>Indeed</p>', representation: 'storage' } },
    });
    await rest.send('POST', `/rest/likes/1.0/content/${id}/likes`);
    await using reader = await (await visit()).as('reader');
    await reader.open(addressOf(id));
    const likes = reader.page.locator('.page-likes');
    await likes.getByText('Liked by Administrator').waitFor();
    await likes.getByRole('button', { name: 'Like' }).click();
    await likes.getByText('Liked by you and Administrator').waitFor();
    const ofComment = reader.page.locator('.comment');
    await ofComment.getByRole('button', { name: 'Like' }).click();
    await ofComment.getByText('Liked by you').waitFor();
    await reader.context.route('**/rest/likes/**', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await likes.getByRole('button', { name: 'Like', pressed: true }).click();
    await likes.getByRole('alert').getByText('The wiki can’t answer right now').waitFor();
    await likes.getByText('Liked by you and Administrator').waitFor();
  });

  it('ticks tasks, with the keyboard too, and is told when the wiki could not take it', async () => {
    const expand = `<ac:structured-macro ac:name="expand"><ac:rich-text-body><ac:task-list>${task(2, 'Write')}</ac:task-list></ac:rich-text-body></ac:structured-macro>`;
    const id = await ownPage('Tasks', `<ac:task-list>${task(1, 'Call')}</ac:task-list>${expand}`);
    await visitor.open(addressOf(id));
    const box = (name: string, checked: boolean) => visitor.page.getByRole('checkbox', { name, checked });
    const taken = () => visitor.page.waitForResponse((answer) => answer.url().includes('/inlinetasks/'));
    const reread = () => visitor.page.waitForResponse((answer) => answer.url().includes('expand=body.view'));
    await visitor.page.locator('.expand-control').click();
    for (const name of ['Call', 'Write']) {
      const answers = Promise.all([taken(), reread()]);
      await box(name, false).focus();
      await visitor.page.keyboard.press('Space');
      await box(name, true).waitFor();
      await answers;
    }
    // Read anew with what one was at, and with what was open.
    await visitor.page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'checkbox');
    expect(await box('Write', true).isVisible()).toBe(true);
    expect((await storageNow(id)).match(/>complete</g)).toHaveLength(2);
    expect(await visitor.page.getByText('changed this page just now').count()).toBe(0);
    expect(await seriousViolations(visitor.page)).toEqual([]);

    await visitor.context.route('**/rest/inlinetasks/**', (route) => route.abort());
    await box('Call', true).click();
    await visitor.page.getByRole('alert').getByText('The wiki can’t answer right now').waitFor();
    await box('Call', true).waitFor();
    await using reader = await (await visit()).as('reader');
    await rest.send('PUT', `/rest/api/content/${id}/restriction`, [
      { operation: 'update', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    await reader.open(addressOf(id));
    await reader.page.getByRole('img', { name: 'Done' }).first().waitFor();
    expect(await reader.page.getByRole('checkbox').count()).toBe(0);
  });

  it('stays at the task that one went on to while the page is read anew', async () => {
    const tasks = `<ac:task-list>${task(1, 'First')}${task(2, 'Second')}</ac:task-list>`;
    const id = await ownPage('Task after task', tasks);
    await visitor.open(addressOf(id));
    const box = (name: string) => visitor.page.getByRole('checkbox', { name });
    const held = Promise.withResolvers<void>();
    await visitor.context.route('**/rest/api/content/**expand=body.view**', async (route) => {
      await held.promise;
      await route.continue();
    });
    const reading = visitor.page.waitForRequest((request) => request.url().includes('expand=body.view'));
    const before = await box('Second').elementHandle();
    await box('First').press('Space');
    await reading;
    await visitor.page.keyboard.press('Tab');
    held.resolve();
    await visitor.page.waitForFunction((element) => !element?.isConnected, before);
    await visitor.page.keyboard.press('Space');
    await visitor.page.getByRole('checkbox', { name: 'Second', checked: true }).waitFor();
    await becomes(() => box('First').isChecked(), true);
  });

  it('comments on a passage, answers, resolves and opens again, with the keyboard too', async () => {
    const id = await ownPage('Passages', '<p>Stop the writers, then restore.</p><p>Start the writers.</p>');
    await visitor.open(addressOf(id));
    const { page } = visitor;
    const select = (paragraph: number, from: number, to: number) =>
      page
        .locator('.wiki-content > p')
        .nth(paragraph)
        .evaluate(
          (element, [start, end]) => {
            const text = element.firstChild as Text;
            getSelection()?.setBaseAndExtent(text, start ?? 0, text, end ?? 0);
          },
          [from, to],
        );
    const offer = page.getByRole('button', { name: 'Comment', exact: true });
    /** What comes of the page after its text may draw the text anew and take the selection away. */
    const commentOn = async (paragraph: number, from: number, to: number) => {
      await until('the offer to comment on what is selected', async () => {
        await select(paragraph, from, to);
        return offer.waitFor({ timeout: 1_000 }).then(
          () => true,
          () => false,
        );
      });
      await offer.click();
    };
    await commentOn(1, 10, 17);
    await page.getByLabel('What do you want to say about it?').fill('Which of them?');
    await page.keyboard.press('Control+Enter');
    const panel = page.getByRole('complementary', { name: 'About “writers”' });
    await panel.locator('.comment', { hasText: 'Which of them?' }).waitFor();
    expect(await page.locator('.inline-comment-marker.open').allTextContents()).toEqual(['writers']);
    expect(await storageNow(id)).toMatch(/Start the <ac:inline-comment-marker ac:ref="[\w-]+">writers</);
    expect(await seriousViolations(page)).toEqual([]);

    // A comment that is half written stays when one looks at another one.
    const mark = page.getByRole('button', { name: '1 comment on “writers”' });
    await commentOn(0, 0, 4);
    await page.getByLabel('What do you want to say about it?').fill('Half a thought');
    await mark.click();
    await panel.waitFor();
    await panel.getByRole('button', { name: 'Go on with your unsent comment on “Stop”' }).click();
    const about = page.getByRole('complementary', { name: 'About “Stop”' });
    await becomes(() => about.getByLabel('What do you want to say about it?').inputValue(), 'Half a thought');
    await about.getByRole('button', { name: 'Cancel' }).click();
    await mark.click();
    await panel.waitFor();
    expect(await page.getByRole('button', { name: /unsent comment/ }).count()).toBe(0);

    // What is open over the page closes first.
    await page.keyboard.press('Control+/');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await panel.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await mark.focus();
    await page.keyboard.press('Enter');
    await panel.getByLabel('Answer').fill('All of them.');
    await panel.getByRole('button', { name: 'Reply' }).last().click();
    await page.getByRole('button', { name: '2 comments on “writers”' }).waitFor();
    await panel.getByRole('button', { name: 'Resolve' }).click();
    await panel.getByText('Resolved by Administrator').waitFor();
    await page.locator('.inline-comment-marker.open').first().waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Reopen' }).click();
    await page.locator('.inline-comment-marker.open').waitFor();
    await page.keyboard.press('Escape');

    await select(0, 23, 30);
    await page.keyboard.press('Control+Alt+m');
    await page.getByRole('complementary', { name: 'About “restore”' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    // Without its passage it is still to be found.
    await rest.edit(id, '<p>All new.</p>', { title: 'Passages' });
    await page.getByRole('button', { name: 'Read the new version' }).click();
    const list = page.getByRole('region', { name: 'Comments in the text' });
    await list.getByText('No longer in the text').waitFor();
    await list.getByRole('button', { name: 'writers' }).click();
    await panel.getByText('All of them.').waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

describe('a body that the server failed to sanitise', () => {
  /** Each would run something, load something or send something away. */
  const hostile = [
    '<img src="/missing.png" onerror="window.ran = 1">',
    '<script>window.ran = 2</script><svg onload="window.ran = 3"><script>window.ran = 4</script></svg>',
    '<iframe srcdoc="<script>parent.ran = 5</script>"></iframe><object data="/x"></object><embed src="/x">',
    '<a id="lure" href="javascript:window.ran = 6">a link</a><a href="data:text/html,x">another</a>',
    '<details open ontoggle="window.ran = 7"><summary>s</summary></details><video src="/x" onerror="window.ran = 8"></video>',
    '<form action="https://elsewhere.example"><input name="password"><button formaction="javascript:window.ran = 9">go</button></form>',
    '<style>body { display: none }</style><link rel="stylesheet" href="https://elsewhere.example/x.css"><base href="https://elsewhere.example/">',
    '<math><mtext><table><mglyph><style><img src="/missing.png" onerror="window.ran = 10"></style></mglyph></table></mtext></math>',
  ].join('');

  it('runs nothing, even where no content security policy would hold it back', async () => {
    const id = await ownPage('Hostile', '<p>Peaceful.</p>');
    const lonely = await (await visit({ bypassCSP: true })).as('administrator');
    // Without the answer that comes with the document, the application asks by itself.
    await lonely.context.route('**/*.action?*', async (route) => {
      const answer = await route.fetch();
      const html = (await answer.text()).replace(/<script type="application\/json"[^]*?<\/script>/, '');
      await route.fulfill({ response: answer, body: html });
    });
    await lonely.context.route(`**/rest/api/content/${id}?expand=body.view*`, async (route) => {
      const answer = await route.fetch();
      const page = (await answer.json()) as { body: { view: { value: string } } };
      page.body.view.value = `<p>Before.</p>${hostile}<p onclick="window.ran = 11">After.</p>`;
      await route.fulfill({ response: answer, json: page });
    });
    await lonely.open(addressOf(id));
    await lonely.page.getByText('After.').click();
    await lonely.page.locator('.wiki-content a').first().click();
    expect(await lonely.page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    expect(
      await lonely.page.locator('.wiki-content').evaluate((body) => {
        const all = [...body.querySelectorAll('*')];
        const handlers = all.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')));
        const links = all.filter((element) => /^(?:javascript|data):/i.test(element.getAttribute('href') ?? ''));
        const others = body.querySelectorAll(
          'script, iframe, object, embed, form, style, link, base, svg, math, video',
        );
        return { handlers, links: links.length, others: others.length };
      }),
    ).toEqual({ handlers: [], links: 0, others: 0 });
  });
});
