import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import {
  ask,
  at,
  column,
  done,
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
let page: string;
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, other, user] = [await newSpace(), await newSpace(), await newUser('copier')];
  const body =
    '<p><ac:inline-comment-marker ac:ref="r">Text</ac:inline-comment-marker> <ac:link><ri:page ri:content-title="P" /></ac:link></p>' +
    '<ac:image><ri:attachment ri:filename="a.png" /></ac:image>';
  page = await newPage(space, 'Original', { body: storage(body), metadata: { labels: [{ name: 'kept' }] } });
});

const copy = (id: string, body: object, as?: string): Promise<Json> =>
  done('POST', `/rest/api/content/${id}/copy?expand=space,ancestors,body.storage,version`, body, as ? { as } : {});
const intoSpace = (key: string) => ({ type: 'space', value: key });
const below = (id: string) => ({ type: 'parent_page', value: id });

describe('copying a page', () => {
  it('below another one gives it a title, its text and its labels, and leaves files and comments with the original', async () => {
    const parent = await newPage(space, 'Parent');
    const copied = await copy(page, { pageTitle: 'Copy', destination: below(parent), copyLabels: true });
    expect(copied).toMatchObject({ title: 'Copy', space: { key: space }, version: { number: 1 } });
    expect(column({ results: copied['ancestors'] }, 'id').at(-1)).toBe(parent);
    expect(at(copied, 'body.storage.value')).toBe(
      '<p>Text <ac:link><ri:page ri:content-title="P" /></ac:link></p>' +
        `<ac:image><ri:attachment ri:filename="a.png"><ri:content-entity ri:content-id="${page}" /></ri:attachment></ac:image>`,
    );
    expect(column(await read(`/rest/api/content/${String(copied['id'])}/label`), 'name')).toEqual(['kept']);
    expect(column(await read(`/rest/api/content/${parent}/child/page`), 'title')).toEqual(['Copy']);
  });

  it('into another space keeps its title and where its links lead', async () => {
    const copied = await copy(page, { destination: intoSpace(other) });
    expect(copied).toMatchObject({ title: 'Original', space: { key: other } });
    expect(at(copied, 'body.storage.value')).toContain(`<ri:page ri:space-key="${space}" ri:content-title="P" />`);
    expect(column(await read(`/rest/api/content/${String(copied['id'])}/label`), 'name')).toEqual([]);
  });

  it('brings its restrictions along when asked to, from the first moment on', async () => {
    const secret = await newPage(space, 'Secret');
    await done('PUT', `/rest/api/content/${secret}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    const copied = await copy(secret, {
      pageTitle: 'Secret copy',
      destination: intoSpace(space),
      copyPermissions: true,
    });
    await refused(404, 'GET', `/rest/api/content/${String(copied['id'])}`, undefined, { as: user.as });
    await refused(404, 'POST', `/rest/api/content/${secret}/copy`, { destination: intoSpace(space) }, { as: user.as });
  });

  it('is refused where the title is taken, the place is not there, or one may not create', async () => {
    const path = `/rest/api/content/${page}/copy`;
    await refused(400, 'POST', path, { destination: intoSpace(space) });
    await refused(400, 'POST', path, { pageTitle: 'x', destination: below('999999999') });
    await refused(404, 'POST', path, { pageTitle: 'x', destination: intoSpace('NOSUCH') });
    await refused(404, 'POST', '/rest/api/content/999999999/copy', { destination: intoSpace(space) });
    for (const destination of [{}, { type: 'moon', value: '1' }, below('x')])
      await refused(400, 'POST', path, { pageTitle: 'x', destination });
    const closed = await newSpace();
    const operations = [{ targetType: 'page', operationKey: 'create' }];
    await done('PUT', `/rest/api/space/${closed}/permissions/group/confluence-users/revoke`, operations);
    await refused(403, 'POST', path, { pageTitle: 'x', destination: intoSpace(closed) }, { as: user.as });
    const trashed = await newPage(space, 'Gone', under(page));
    await done('DELETE', `/rest/api/content/${trashed}`);
    await refused(400, 'POST', `/rest/api/content/${trashed}/copy`, { pageTitle: 'y', destination: intoSpace(space) });
  });
});

const attach = (id: string, name: string, text: string) => {
  const form = new FormData();
  form.append('file', new Blob([text]), name);
  const headers = { 'x-atlassian-token': 'no-check' };
  return done('POST', `/rest/api/content/${id}/child/attachment`, form, { headers });
};
const titlesBelow = async (id: string, as?: string): Promise<string[]> =>
  sorted(column(await read(`/rest/api/content/${id}/descendant/page`, as ? { as } : {}), 'title'));

describe('copying files and properties', () => {
  it('gives the copy its own, which stay when the original is gone for good', async () => {
    const original = await newPage(space, 'With files', {
      body: storage('<ac:image><ri:attachment ri:filename="a.txt" /></ac:image>'),
    });
    await attach(original, 'a.txt', 'bytes');
    await done('POST', `/rest/api/content/${original}/property`, { key: 'kept', value: { a: 1 } });
    const copied = await copy(original, {
      pageTitle: 'With files of its own',
      destination: intoSpace(space),
      copyAttachments: true,
      copyProperties: true,
    });
    const id = String(copied['id']);
    expect(at(copied, 'body.storage.value')).toBe('<ac:image><ri:attachment ri:filename="a.txt" /></ac:image>');
    expect(at(await read(`/rest/api/content/${id}/property/kept`), 'value')).toEqual({ a: 1 });
    for (const query of ['', '?status=trashed']) await done('DELETE', `/rest/api/content/${original}${query}`);
    await until(
      'the bytes to go',
      async () => (await ask('GET', `/download/attachments/${original}/a.txt`)).status === 404,
    );
    expect((await ask('GET', `/download/attachments/${id}/a.txt`)).text).toBe('bytes');
  });
});

describe('copying a page with those below it', () => {
  const copyTree = async (id: string, body: object, as?: string): Promise<Json> => {
    const { id: task } = await done('POST', `/rest/api/content/${id}/pagehierarchy/copy`, body, as ? { as } : {});
    const path = `/rest/api/longtask/${String(task)}`;
    let state: Json = {};
    await until('the task to end', async () => (state = await read(path, as ? { as } : {}))['finished'] === true);
    return state;
  };

  it('copies what the copier sees, into the tree itself too, in order and with what goes along', async () => {
    const root = await newPage(space, 'Tree one');
    const child = await newPage(space, 'Branch one', { ...under(root), metadata: { labels: [{ name: 'kept' }] } });
    await newPage(space, 'Branch two', under(root));
    const secret = await newPage(space, 'Branch secret', under(root));
    await newPage(space, 'Leaf secret', under(secret));
    await newPage(space, 'Leaf one', under(child));
    await attach(child, 'a.txt', 'bytes');
    await done('PUT', `/rest/api/content/${secret}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    const options = { copyAttachments: true, copyLabels: true, copyDescendants: true };
    const titleOptions = { prefix: 'New ', search: 'one', replace: '1' };
    const state = await copyTree(root, { ...options, destinationPageId: root, titleOptions }, user.as);
    expect(state).toMatchObject({ successful: true, percentageComplete: 100 });
    const copied = (await read(`/rest/api/content/${root}/child/page`))['results'] as Json[];
    const top = copied.find(({ title }) => title === 'New Tree 1');
    const id = String(top?.['id']);
    expect(column(await read(`/rest/api/content/${id}/child/page`), 'title')).toEqual([
      'New Branch 1',
      'New Branch two',
    ]);
    // As the administrator sees it: what its copier couldn't see isn't there at all.
    expect(await titlesBelow(id)).toEqual(['New Branch 1', 'New Branch two', 'New Leaf 1']);
    const [branch] = (await read(`/rest/api/content/${id}/child/page`))['results'] as Json[];
    const branchPath = `/rest/api/content/${String(branch?.['id'])}`;
    expect(column(await read(`${branchPath}/label`), 'name')).toEqual(['kept']);
    expect(column(await read(`${branchPath}/child/attachment`), 'title')).toEqual(['a.txt']);
  });

  it.each(['the same space', 'another space'])('in %s links copies to one another', async (where) => {
    const link = (title: string, key = '') =>
      `<p><ac:link><ri:page${key === '' ? '' : ` ri:space-key="${key}"`} ri:content-title="${title}" /></ac:link></p>`;
    const name = `Linked ${where}`;
    const body = link(`${name} below`) + link('Original') + link(name.toUpperCase(), space);
    const root = await newPage(space, name, { body: storage(body) });
    await newPage(space, `${name} below`, { ...under(root), body: storage(link(name)) });
    const isSame = where === 'the same space';
    const target = await newPage(isSame ? space : other, `Target of ${name}`);
    const titleOptions = { prefix: isSame ? 'Copy of ' : '' };
    await copyTree(root, { destinationPageId: target, copyDescendants: true, titleOptions });
    const listed = await read(`/rest/api/content/${target}/descendant/page?expand=body.storage`);
    const title = `${titleOptions.prefix}${name}`;
    expect(column(listed, 'body.storage.value')).toEqual([
      link(`${title} below`) + link('Original', isSame ? '' : space) + link(title),
      link(title),
    ]);
    const [copied] = listed['results'] as Json[];
    const incoming = await read(`/rest/tributary/1/content/${String(copied?.['id'])}/incoming-links`);
    expect(column(incoming, 'title')).toEqual([`${title} below`]);
  });

  it('copies the page alone where its descendants are not asked for', async () => {
    const root = await newPage(space, 'Alone');
    await newPage(space, 'Below alone', under(root));
    const target = await newPage(other, 'Target of alone');
    await copyTree(root, { destinationPageId: target, copyDescendants: false });
    expect(await titlesBelow(target)).toEqual(['Alone']);
  });

  it('is refused before anything is copied', async () => {
    const root = await newPage(space, 'Refused');
    await newPage(space, 'Refused below', under(root));
    const path = `/rest/api/content/${root}/pagehierarchy/copy`;
    const target = await newPage(other, 'Target of refused');
    await newPage(other, 'Refused below', under(target));
    await refused(400, 'POST', path, { destinationPageId: target });
    await refused(400, 'POST', path, { destinationPageId: target, titleOptions: { search: ' below', replace: '' } });
    for (const destinationPageId of ['', 'x']) await refused(400, 'POST', path, { destinationPageId });
    await refused(404, 'POST', path, { destinationPageId: '999999999' });
    await refused(404, 'POST', '/rest/api/content/999999999/pagehierarchy/copy', { destinationPageId: target });
    const closed = await newSpace();
    const home = await newPage(closed, 'Closed');
    const operations = [{ targetType: 'page', operationKey: 'create' }];
    await done('PUT', `/rest/api/space/${closed}/permissions/group/confluence-users/revoke`, operations);
    await refused(403, 'POST', path, { destinationPageId: home }, { as: user.as });
    expect(await titlesBelow(target)).toEqual(['Refused below']);
  });
});
