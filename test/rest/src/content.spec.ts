import { beforeAll, describe, expect, it } from '@jest/globals';
import { ask, at, column, done, edit, newPage, newSpace, newUser, read, refused, storage, under } from './wiki.js';

let space: string;
let reader: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, reader] = [await newSpace(), await newUser('reader')];
});

const bodyOf = (content: unknown): unknown => at(content, 'body.storage.value');
const content = (id: string, query = ''): string => `/rest/api/content/${id}${query}`;
const find = (query: Record<string, string>) =>
  read(`/rest/api/content?${new URLSearchParams({ spaceKey: space, ...query }).toString()}`);

describe('a page', () => {
  it('is made with labels, properties and a message, and shows what is expanded', async () => {
    const id = await newPage(space, '  A page & more/?  ', {
      body: storage('<p>One &amp; two</p>'),
      version: { message: 'first' },
      metadata: { labels: [{ prefix: 'global', name: 'Draft-Ready' }], properties: { key: { value: { a: [1] } } } },
    });
    const paths = [
      'body.storage',
      'body.view',
      'version',
      'history.lastUpdated',
      'history.contributors',
      'space',
      'ancestors',
      'container',
    ];
    const more = [
      'metadata.labels',
      'metadata.properties.key',
      'children.page',
      'children.comment',
      'children.attachment',
      'restrictions.read.restrictions.user',
      'operations',
    ];
    const shown = await read(content(id, `?expand=${[...paths, ...more, 'descendants.page'].join()}`));
    const list = { results: [], size: 0 };
    expect(shown).toMatchObject({
      id,
      type: 'page',
      status: 'current',
      title: 'A page & more/?',
      space: { key: space },
      container: { key: space },
      ancestors: [],
      body: { storage: { value: '<p>One &amp; two</p>', representation: 'storage' }, view: { representation: 'view' } },
      version: {
        number: 1,
        message: 'first',
        minorEdit: false,
        by: { username: 'admin' },
        when: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/),
      },
      history: {
        latest: true,
        createdBy: { username: 'admin' },
        lastUpdated: { number: 1 },
        contributors: { publishers: { users: [{ username: 'admin' }] } },
      },
      metadata: {
        labels: { results: [{ prefix: 'global', name: 'draft-ready' }] },
        properties: { key: { value: { a: [1] } } },
      },
      children: { page: list, comment: list, attachment: list },
      descendants: { page: list },
      restrictions: { read: { restrictions: { user: list, group: list } } },
      operations: expect.arrayContaining([{ operation: 'update', targetType: 'page' }]),
    });
  });

  it('links to itself, and says what else it could show', async () => {
    const id = await newPage(space, 'Links (of all kinds)');
    const shown = await read(content(id));
    const base = String(at(shown, '_links.base'));
    expect(at(shown, '_links')).toEqual({
      webui: `/display/${space}/Links+(of+all+kinds)`,
      edit: expect.stringContaining(id),
      tinyui: expect.stringMatching(/^\/x\/\S+$/),
      self: `${base}/rest/api/content/${id}`,
      collection: '/rest/api/content',
      base,
      context: '',
    });
    // What a single content shows by itself, and where the rest is.
    expect(shown).toMatchObject({ history: { latest: true }, space: { key: space }, version: { number: 1 } });
    expect(at(shown, '_expandable')).toEqual({
      container: `/rest/api/space/${space}`,
      metadata: '',
      operations: '',
      childTypes: '',
      children: content(id, '/child'),
      restrictions: content(id, '/restriction/byOperation'),
      ancestors: '',
      body: '',
      descendants: content(id, '/descendant'),
    });
    const plain = column(await find({ title: 'Links (of all kinds)' }), '_expandable')[0];
    expect(plain).toMatchObject({ version: '', history: content(id, '/history'), space: `/rest/api/space/${space}` });
    const odd = await newPage(space, 'What/where?');
    expect(at(await read(content(odd)), '_links.webui')).toBe(`/pages/viewpage.action?pageId=${odd}`);
  });

  it('is found by space and title, whatever the case', async () => {
    const id = await newPage(space, 'Findable, ö 日本');
    expect(column(await find({ title: 'fINDABLE, Ö 日本' }), 'id')).toEqual([id]);
    expect(column(await find({ title: 'Findable, ö 日本', type: 'blogpost' }), 'id')).toEqual([]);
    expect(column(await find({ title: 'Findable' }), 'id')).toEqual([]);
    expect(column(await read(`/rest/api/content?ids=${id}`), 'id')).toEqual([id]);
    await refused(404, 'GET', '/rest/api/content?spaceKey=NOSUCH&title=x');
    await refused(501, 'GET', '/rest/api/content?type=attachment');
  });

  it('has a title of its own in its space', async () => {
    const page = { type: 'page', title: 'TWICE', space: { key: space }, body: storage('') };
    await newPage(space, 'Twice');
    expect(await refused(400, 'POST', '/rest/api/content', page)).toMatch(/^A page with this title already exists: /);
    await newPage(await newSpace(), 'Twice');
    const other = await newPage(space, 'Thrice');
    const renamed = { type: 'page', title: 'twice', version: { number: 2 } };
    expect(await refused(400, 'PUT', content(other), renamed)).toMatch(/^A page with this title already exists: /);
    const { json } = await ask('POST', '/rest/api/content', page);
    expect(at(json, 'data.errors')).toEqual([
      { message: { key: 'titleTaken', args: ['TWICE', space], translation: json['message'] } },
    ]);
  });

  it.each([
    ['view', 501],
    ['export_view', 400],
    ['rtf', 400],
  ])('is not written in %s: %i', async (representation, status) => {
    const page = {
      type: 'page',
      title: `In ${representation}`,
      space: { key: space },
      body: { [representation]: { value: 'x', representation } },
    };
    await refused(status, 'POST', '/rest/api/content', page);
    expect(column(await find({ title: page.title }), 'id')).toEqual([]);
  });
});

describe('a page in wiki markup', () => {
  it('is written as storage, by create and by update', async () => {
    const wiki = (value: string) => ({ wiki: { value, representation: 'wiki' } });
    const id = await newPage(space, 'In wiki', { body: wiki('h1. Plan\n\n* *one*\n* [two|https://example.org]') });
    const stored = async () => at(await read(`${content(id)}?expand=body.storage`), 'body.storage.value');
    expect(await stored()).toBe(
      '<h1>Plan</h1><ul><li><p><strong>one</strong></p></li><li><p><a href="https://example.org">two</a></p></li></ul>',
    );
    await edit(id, { body: wiki('{info}read *me*{info}') });
    expect(await stored()).toContain('<ac:rich-text-body><p>read <strong>me</strong></p></ac:rich-text-body>');
    const long = { type: 'page', title: 'Long', space: { key: space }, body: wiki('*a '.repeat(70_000)) };
    expect(await refused(400, 'POST', '/rest/api/content', long)).toMatch(/200000 characters at most/);
  });
});

describe('an update', () => {
  it('makes the next version, with its message; what it leaves out stays', async () => {
    const id = await newPage(space, 'Before', { body: storage('<p>1</p>') });
    const version = { number: 2, message: 'why', minorEdit: true };
    const unknown = { unknown: { field: 1 }, extensions: { position: 'none' } };
    const updated = await done('PUT', content(id), { type: 'page', title: 'After', version, ...unknown });
    expect(updated).toMatchObject({ title: 'After', version, body: { storage: { value: '<p>1</p>' } } });
    await edit(id, { body: storage('<p>3</p>') });
    const now = await read(content(id, '?expand=body.storage,version'));
    expect([now['title'], bodyOf(now), at(now, 'version.number')]).toEqual(['After', '<p>3</p>', 3]);
    expect(column(await find({ title: 'Before' }), 'id')).toEqual([]);
    expect(column(await find({ title: 'After' }), 'id')).toEqual([id]);
  });

  it.each([0, 1, 2, 4, 30])('with version %i of a page in version 2 is 409, or makes it 3', async (number) => {
    const id = await newPage(space, `Versions ${number}`);
    await edit(id, {});
    const body = { type: 'page', title: 'Stale', version: { number } };
    expect(await refused(409, 'PUT', content(id), body)).toBe(
      'Version must be incremented on update. Current version is: 2',
    );
    expect((await read(content(id)))['title']).toBe(`Versions ${number}`);
  });

  it('of many at the same version leaves one, through whichever gateway', async () => {
    const id = await newPage(space, 'Race');
    const body = { type: 'page', title: 'Race', version: { number: 2 } };
    const tries = Array.from({ length: 8 }, (_, index) =>
      ask('PUT', content(id), { ...body, body: storage(`<p>${index}</p>`) }, { gateway: index % 2 === 0 ? 0 : 1 }),
    );
    const statuses = (await Promise.all(tries)).map((answer) => answer.status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('moves a page by its ancestors', async () => {
    const [from, to] = [await newPage(space, 'From'), await newPage(space, 'To')];
    const id = await newPage(space, 'Wanderer', under(from));
    await edit(id, under(to));
    expect(column({ results: at(await read(content(id, '?expand=ancestors')), 'ancestors') }, 'title')).toEqual(['To']);
    await refused(400, 'PUT', content(to), { type: 'page', title: 'To', version: { number: 2 }, ...under(id) });
  });
});

describe('versions', () => {
  let id: string;

  beforeAll(async () => {
    id = await newPage(space, 'History 1', { body: storage('<p>1</p>'), version: { message: 'one' } });
    for (const number of [2, 3]) {
      const version = { number, message: `edit ${number}` };
      await done('PUT', content(id), {
        type: 'page',
        title: `History ${number}`,
        body: storage(`<p>${number}</p>`),
        version,
      });
    }
  });

  it.each([1, 2])('version %i is as it was', async (number) => {
    const expand = 'expand=body.storage,version';
    const old = {
      status: 'historical',
      title: `History ${number}`,
      body: { storage: { value: `<p>${number}</p>` } },
      version: { number },
    };
    expect(await read(content(id, `?status=historical&version=${number}&${expand}`))).toMatchObject({ id, ...old });
    expect(await read(content(id, `/version/${number}?expand=content.body.storage,content.version`))).toMatchObject({
      number,
      content: old,
    });
  });

  it('are listed, newest first, under both names of the route', async () => {
    for (const root of ['api', 'experimental']) {
      const versions = await read(`/rest/${root}/content/${id}/version?limit=2`);
      expect([column(versions, 'number'), at(versions, '_links.next')]).toEqual([
        [3, 2],
        expect.stringContaining('start=2'),
      ]);
    }
    expect(
      await read(content(id, '/history?expand=previousVersion,nextVersion,lastUpdated,contributors')),
    ).toMatchObject({
      latest: true,
      createdBy: { username: 'admin' },
      lastUpdated: { number: 3 },
      previousVersion: { number: 2 },
      contributors: { publishers: { users: [{ username: 'admin' }] } },
    });
    await refused(404, 'GET', content(id, '?version=9'));
    await refused(404, 'GET', content(id, '/version/9'));
  });

  it('are restored as a new one, and removed but for the newest', async () => {
    const page = await newPage(space, 'Restorable', { body: storage('<p>old</p>') });
    await edit(page, { title: 'Changed', body: storage('<p>new</p>') });
    const params = { versionNumber: 1, message: 'as it was', restoreTitle: true };
    await done('POST', content(page, '/version'), { operationKey: 'restore', params });
    const now = await read(content(page, '?expand=body.storage,version'));
    expect(now).toMatchObject({
      title: 'Restorable',
      body: { storage: { value: '<p>old</p>' } },
      version: { number: 3, message: 'as it was' },
    });
    await refused(403, 'DELETE', content(await restrictedToAdmin(page), '/version/1'), undefined, { as: reader.as });
    await done('DELETE', content(page, '/version/2'));
    await refused(404, 'GET', content(page, '/version/2'));
    await refused(400, 'DELETE', content(page, '/version/3'));
  });
});

/** Lets everyone read and only the administrator edit. */
async function restrictedToAdmin(id: string): Promise<string> {
  const restrictions = { user: [{ type: 'known', username: 'admin' }] };
  await done('PUT', content(id, '/restriction'), [{ operation: 'update', restrictions }]);
  return id;
}

describe('the trash', () => {
  it('takes a page with its place, gives it back, and is emptied for good', async () => {
    const parent = await newPage(space, 'Parent of the trashed');
    const id = await newPage(space, 'Trashed', { ...under(parent), body: storage('<p>kept</p>') });
    const child = await newPage(space, 'Child of the trashed', under(id));
    await done('DELETE', content(id));
    await refused(404, 'GET', content(id));
    expect(column(await find({ title: 'Trashed' }), 'id')).toEqual([]);
    expect(column(await find({ title: 'Trashed', status: 'any' }), 'status')).toEqual(['trashed']);
    expect(column(await read(content(parent, '/child/page')), 'id')).toEqual([child]);
    expect(column(await read(`/rest/api/space/${space}/trash`), 'id')).toContain(id);
    for (const status of ['trashed', 'any']) {
      expect(await read(content(id, `?status=${status}&expand=version`))).toMatchObject({
        status: 'trashed',
        version: { number: 1 },
      });
    }
    await edit(id, { status: 'current' });
    const back = await read(content(id, '?expand=ancestors,body.storage'));
    expect([back['status'], column({ results: back['ancestors'] }, 'id'), bodyOf(back)]).toEqual([
      'current',
      [parent],
      '<p>kept</p>',
    ]);
    await done('DELETE', content(id));
    await done('DELETE', content(id, '?status=trashed'));
    for (const query of ['?status=any', '?status=trashed', '?status=historical&version=1', '/history', '/version']) {
      await refused(404, 'GET', content(id, query));
    }
    await refused(404, 'DELETE', content(id));
  });

  it('hides a page with its old versions from those who may not edit it', async () => {
    const id = await newPage(space, 'Once seen');
    await edit(id, {});
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/revoke`, [
      { targetType: 'page', operationKey: 'create' },
    ]);
    expect((await read(content(id, '?version=1'), { as: reader.as }))['status']).toBe('historical');
    await done('DELETE', content(id));
    for (const query of ['?status=trashed', '?status=any', '?version=1', '/version', '/history']) {
      await refused(404, 'GET', content(id, query), undefined, { as: reader.as });
    }
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/grant`, [
      { targetType: 'page', operationKey: 'create' },
    ]);
  });

  it('can not take back a page whose title is taken', async () => {
    const id = await newPage(space, 'Replaced');
    await done('DELETE', content(id));
    await newPage(space, 'Replaced');
    const restore = { type: 'page', status: 'current', title: 'Replaced', version: { number: 2 } };
    await refused(400, 'PUT', content(id), restore);
  });
});

describe('drafts and blog posts', () => {
  it('a draft is its author’s until it is published', async () => {
    const id = await newPage(space, 'Draft', { status: 'draft' }, { as: reader.as });
    expect((await read(content(id, '?status=draft'), { as: reader.as }))['status']).toBe('draft');
    await refused(404, 'GET', content(id, '?status=draft'));
    await refused(404, 'GET', content(id), undefined, { as: reader.as });
    const published = {
      type: 'page',
      title: 'Draft',
      status: 'current',
      version: { number: 1 },
      body: storage('<p>out</p>'),
    };
    await done('PUT', content(id, '?status=draft'), published, { as: reader.as });
    expect(await read(content(id, '?expand=body.storage,version'))).toMatchObject({
      status: 'current',
      body: { storage: { value: '<p>out</p>' } },
    });
    const dropped = await newPage(space, 'Dropped', { status: 'draft' });
    await done('DELETE', content(dropped, '?status=draft'));
    await refused(404, 'GET', content(dropped, '?status=draft'));
  });

  it('a blog post is found by its day', async () => {
    const id = String(
      (
        await done('POST', '/rest/api/content', {
          type: 'blogpost',
          title: 'News',
          space: { key: space },
          body: storage(''),
        })
      )['id'],
    );
    const shown = await read(content(id, '?expand=history'));
    const day = String(at(shown, 'history.createdDate')).slice(0, 10);
    expect(at(shown, '_links.webui')).toMatch(new RegExp(`^/display/${space}/\\d{4}/\\d\\d/\\d\\d/News$`));
    expect(column(await find({ type: 'blogpost', title: 'News', postingDay: day }), 'id')).toEqual([id]);
    expect(column(await find({ type: 'blogpost', title: 'News', postingDay: '2001-01-01' }), 'id')).toEqual([]);
  });
});
