import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import {
  at,
  column,
  done,
  edit,
  newPage,
  newSpace,
  newUser,
  read,
  refused,
  sorted,
  storage,
  under,
  type Json,
} from './wiki.js';

let [space, other] = ['', ''];
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, other, user] = [await newSpace(), await newSpace(), await newUser('linker')];
});

const linkTo = (title: string, key?: string): string =>
  `<p><ac:link><ri:page${key === undefined ? '' : ` ri:space-key="${key}"`} ri:content-title="${title}" /></ac:link></p>`;
const linksTo = async (id: string, as?: string): Promise<unknown[]> =>
  column(await read(`/rest/tributary/1/content/${id}/incoming-links`, as ? { as } : {}), 'title');
const view = async (id: string): Promise<string> =>
  String(at(await read(`/rest/api/content/${id}?expand=body.view`), 'body.view.value'));
const stored = async (id: string): Promise<unknown> =>
  at(await read(`/rest/api/content/${id}?expand=body.storage`), 'body.storage.value');
const addressOf = async (id: string): Promise<string> =>
  String(at(await read(`/rest/api/content/${id}`), '_links.webui'));

/** Right after the start of a cluster they are not: what is read twice is then loaded twice. */
const cachesAreOn = () =>
  until(
    'the caches of the gateways',
    async () => {
      const { results } = await read('/rest/tributary/1/cluster/nodes');
      const gateways = (results as Json[]).filter(({ service }) => service === 'gateway');
      return gateways.length === 2 && gateways.every(({ isAdmitted }) => isAdmitted === true);
    },
    60_000,
  );

describe('incoming links', () => {
  it('are the pages whose text names it now, by title, by id or by address', async () => {
    const target = await newPage(space, 'Target');
    await newPage(space, 'By title', { body: storage(linkTo('target')) });
    await newPage(other, 'From elsewhere', { body: storage(linkTo('Target', space)) });
    await newPage(other, 'Another target', { body: storage(linkTo('Target')) });
    const include = `<ac:structured-macro ac:name="include"><ac:parameter ac:name="">${linkTo('Target').replaceAll(/<\/?p>/g, '')}</ac:parameter></ac:structured-macro>`;
    await newPage(space, 'Including', { body: storage(include) });
    const byAddress = await newPage(space, 'By address', {
      body: storage(`<p><a href="/pages/viewpage.action?pageId=${target}">there</a></p>`),
    });
    const all = ['By address', 'Including', 'From elsewhere', 'By title'];
    expect(await linksTo(target)).toEqual(all);
    await edit(byAddress, { body: storage('<p>nowhere</p>') });
    expect(await linksTo(target)).toEqual(all.slice(1));
    await edit(byAddress, { title: 'By name only' });
    await done('DELETE', `/rest/api/content/${byAddress}`);
    expect(await linksTo(target)).toEqual(all.slice(1));
    const part = await read(`/rest/tributary/1/content/${target}/incoming-links?limit=2&start=1&expand=space`);
    expect([column(part, 'title'), column(part, 'space.key')]).toEqual([all.slice(2), [other, space]]);
  });

  it('tell nobody of a page that they may not see', async () => {
    const target = await newPage(space, 'Seen by all');
    const secret = await newPage(space, 'Secret link', { body: storage(linkTo('Seen by all')) });
    await done('PUT', `/rest/api/content/${secret}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    expect([await linksTo(target), await linksTo(target, user.as)]).toEqual([['Secret link'], []]);
    await refused(404, 'GET', `/rest/tributary/1/content/${secret}/incoming-links`, undefined, { as: user.as });
  });
});

describe('a page that is renamed', () => {
  it('is found by links with its former title, until another page has that', async () => {
    const page = await newPage(space, 'First name', { body: storage('<p>its text</p>') });
    const linking = await newPage(space, 'Linking', { body: storage(linkTo('First name')) });
    const href = async () => / href="([^"]*)"/.exec(await view(linking))?.[1];
    expect(await href()).toBe(await addressOf(page));
    await edit(page, { title: 'Second name' });
    expect([await href(), await linksTo(page)]).toEqual([await addressOf(page), ['Linking']]);
    await edit(page, { title: 'Third name' });
    expect([await href(), await linksTo(page)]).toEqual([await addressOf(page), ['Linking']]);
    const once = `/rest/tributary/1/renamed-page?spaceKey=${space.toLowerCase()}&title=first+NAME`;
    expect(await read(once)).toMatchObject({ page: { id: page, title: 'Third name' } });
    const heir = await newPage(space, 'First name');
    expect([await href(), await linksTo(page), await linksTo(heir)]).toEqual([await addressOf(heir), [], ['Linking']]);
    expect(await read(once)).toEqual({ page: null });
    await done('DELETE', `/rest/api/content/${heir}`);
    expect(await href()).toBe(await addressOf(page));
  });

  it('is missed while it is in the trash, and found again when it comes back', async () => {
    await cachesAreOn();
    const page = await newPage(space, 'Trashed later');
    const linking = await newPage(space, 'Links to the trash', { body: storage(linkTo('Trashed later')) });
    await edit(page, { title: 'Restored later' });
    const isFound = async (gateway: 0 | 1) =>
      String(at(await read(`/rest/api/content/${linking}?expand=body.view`, { gateway }), 'body.view.value')).includes(
        ' href="',
      );
    // Twice each: the second time from a cache.
    const seen = async () => [await isFound(0), await isFound(0), await isFound(1), await isFound(1)];
    expect(await seen()).toEqual([true, true, true, true]);
    await done('DELETE', `/rest/api/content/${page}`);
    expect(await seen()).toEqual([false, false, false, false]);
    await edit(page, { status: 'current' });
    expect(await seen()).toEqual([true, true, true, true]);
  }, 90_000);

  it('is not told to whom may not see it', async () => {
    const page = await newPage(space, 'Known name');
    await edit(page, { title: 'Secret name' });
    await done('PUT', `/rest/api/content/${page}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    const once = `/rest/tributary/1/renamed-page?spaceKey=${space}&title=Known+name`;
    expect(await read(once, { as: user.as })).toEqual({ page: null });
    await refused(400, 'GET', `/rest/tributary/1/renamed-page?spaceKey=${space}`);
  });
});

describe('a page that goes to another space', () => {
  it('is found by links to where it was, and its own links lead where they led', async () => {
    const stays = await newPage(space, 'Stays');
    const body = linkTo('Stays') + linkTo('Goes too') + linkTo('Elsewhere', other);
    const goes = await newPage(space, 'Goes', { body: storage(body) });
    const below = await newPage(space, 'Goes too', { ...under(goes), body: storage(linkTo('Goes')) });
    const linking = await newPage(space, 'Points at what goes', { body: storage(linkTo('Goes')) });
    const target = await newPage(other, 'New home');
    await done('PUT', `/rest/api/content/${goes}/move/append/${target}`);
    expect(await stored(goes)).toBe(linkTo('Stays', space) + linkTo('Goes too') + linkTo('Elsewhere', other));
    expect(await stored(below)).toBe(linkTo('Goes'));
    expect(await view(goes)).toContain(`href="${await addressOf(stays)}"`);
    expect(await view(goes)).toContain(`href="${await addressOf(below)}"`);
    expect(await view(below)).toContain(`href="${await addressOf(goes)}"`);
    expect(await view(linking)).toContain(`href="${await addressOf(goes)}"`);
    expect([await linksTo(stays), sorted(await linksTo(goes))]).toEqual([
      ['Goes'],
      ['Goes too', 'Points at what goes'],
    ]);
    expect(await read(`/rest/api/content/${goes}?expand=version`)).toMatchObject({ version: { number: 1 } });
  });
});
