import { expect, it } from '@jest/globals';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { visits } from './visits.js';
import { stored, Writer } from './writer.js';

const visit = visits();

/** A draft that nobody has published, in a space of its own. */
async function ownDraft(title: string, body: string): Promise<string> {
  const spaceKey = await spaceKeyOf(await ownPage(`Beside: ${title}`, '<p>Text.</p>'));
  const storage = { value: body, representation: 'storage' };
  const draft = { type: 'page', status: 'draft', title, space: { key: spaceKey }, body: { storage } };
  return (await rest.send<{ id: string }>('POST', '/rest/api/content', draft)).id;
}

it.each([
  ['the next version of a page', ownPage, 2],
  ['a draft', ownDraft, 1],
] as const)(
  '%s is published once when the answer to that is lost, and the writer reads it',
  async (_what, own, number) => {
    const id = await own('Answer lost', '<p>Old.</p>');
    const writer = await Writer.atEnd(await visit(), id);
    const published: string[] = [];
    await writer.page.route(
      ({ pathname, searchParams }) => pathname === `/rest/api/content/${id}` && !searchParams.has('status'),
      async (route) => {
        published.push(route.request().method());
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await writer.type(' New.');
    await writer.page.keyboard.press('Control+s');
    await writer.visitor.reads('Answer lost');
    await writer.page.getByText('Old. New.').waitFor();
    expect(published).toEqual(['PUT']);
    const { body, status, version } = await stored(id);
    expect([body.storage.value, status, version.number]).toEqual(['<p>Old. New.</p>', 'current', number]);
  },
);
