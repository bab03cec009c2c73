import { describe, expect, it } from '@jest/globals';
import { violations } from './axe.js';
import { ownPage, rest } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();

interface Known {
  readonly restrictions: {
    readonly user: { readonly results: readonly { readonly username: string }[] };
    readonly group: { readonly results: readonly { readonly name: string }[] };
  };
}

/** Who may view, and who may edit, as the wiki has it. */
async function restrictionsOf(id: string): Promise<Record<'read' | 'update', string[]>> {
  const known = await rest.send<Record<'read' | 'update', Known>>(
    'GET',
    `/rest/api/content/${id}/restriction/byOperation`,
  );
  const names = ({ restrictions: { user, group } }: Known) => [
    ...user.results.map(({ username }) => username),
    ...group.results.map(({ name }) => name),
  ];
  return { read: names(known.read), update: names(known.update) };
}

async function opened(title: string): Promise<{ visitor: Visitor; id: string }> {
  const id = await ownPage(title, '<p>Text.</p>');
  const visitor = await (await visit()).as('administrator');
  await visitor.open(`/pages/viewpage.action?pageId=${id}`);
  await visitor.page.getByRole('button', { name: 'Restrict who can view and edit' }).click();
  await openness(visitor).waitFor();
  return { visitor, id };
}

const dialog = ({ page }: Visitor) => page.getByRole('dialog', { name: 'Restrictions' });
const openness = (visitor: Visitor) =>
  dialog(visitor).getByRole('combobox', { name: 'Who can view and edit this page?' });
const apply = (visitor: Visitor) => dialog(visitor).getByRole('button', { name: 'Apply now' });

describe('restrictions', () => {
  it('never let everybody in because nobody is left, nor all edit because all may only view', async () => {
    const { visitor, id } = await opened('For nobody');
    await openness(visitor).selectOption({ label: 'Only some can view or edit' });
    await dialog(visitor).getByRole('button', { name: 'Remove Administrator' }).click();
    await dialog(visitor).getByText('Nobody is named, and that would let everybody in.').waitFor();
    expect(await apply(visitor).isDisabled()).toBe(true);
    expect(await violations(visitor.page)).toEqual([]);
    await dialog(visitor).getByRole('combobox', { name: 'Add a person or a group' }).fill('administrators');
    await dialog(visitor).getByRole('option', { name: 'confluence-administrators' }).click();
    const right = dialog(visitor).getByRole('combobox', { name: 'What confluence-administrators can do' });
    await right.selectOption('view');
    await dialog(visitor).getByText('Somebody must be able to edit the page.').waitFor();
    expect(await apply(visitor).isDisabled()).toBe(true);
    await right.selectOption('edit');
    await apply(visitor).click();
    await dialog(visitor).waitFor({ state: 'detached' });
    const administrators = ['confluence-administrators'];
    expect(await restrictionsOf(id)).toEqual({ read: administrators, update: administrators });
  });

  it('aren’t overwritten unseen when somebody else changed them meanwhile', async () => {
    const { visitor, id } = await opened('For others');
    await openness(visitor).selectOption({ label: 'Everybody can view, some can edit' });
    await rest.send('PUT', `/rest/api/content/${id}/restriction`, [
      {
        operation: 'update',
        restrictions: {
          user: [
            { type: 'known', username: 'admin' },
            { type: 'known', username: 'reader' },
          ],
          group: [],
        },
      },
    ]);
    await apply(visitor).click();
    await dialog(visitor).getByText('Somebody else has changed the restrictions meanwhile.').waitFor();
    expect((await restrictionsOf(id)).update.toSorted()).toEqual(['admin', 'reader']);
    expect(await apply(visitor).isDisabled()).toBe(true);
    await dialog(visitor).getByRole('button', { name: 'Show theirs instead' }).click();
    await dialog(visitor).getByText('Rei Ishikawa').waitFor();
    await dialog(visitor).getByRole('button', { name: 'Remove Rei Ishikawa' }).click();
    await apply(visitor).click();
    await dialog(visitor).waitFor({ state: 'detached' });
    expect((await restrictionsOf(id)).update).toEqual(['admin']);
  });

  it('say that they can’t be opened while the wiki is out of reach', async () => {
    const id = await ownPage('Out of reach', '<p>Text.</p>');
    const visitor = await (await visit()).as('administrator');
    await visitor.open(`/pages/viewpage.action?pageId=${id}`);
    const lock = visitor.page.getByRole('button', { name: 'Restrict who can view and edit' });
    await lock.waitFor();
    await visitor.context.setOffline(true);
    await lock.click();
    await visitor.page.getByRole('alert').getByText('The wiki can’t answer right now').waitFor();
    await visitor.context.setOffline(false);
    await lock.click();
    await openness(visitor).waitFor();
  });
});
