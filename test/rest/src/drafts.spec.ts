import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, column, done, edit, newPage, newSpace, newUser, read, refused, storage } from './wiki.js';

let space: string;
let author: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  [space, author] = [await newSpace(), await newUser('author')];
});

const draftOf = async (id: string, as?: string): Promise<unknown> => (await read(path(id), as ? { as } : {}))['draft'];
const path = (id: string): string => `/rest/tributary/1/drafts/${id}`;
const list = '/rest/tributary/1/drafts?limit=200';
const listed = async (as = author.as): Promise<Record<string, unknown>[]> =>
  (await read(list, { as }))['results'] as Record<string, unknown>[];
const draft = (others: Record<string, unknown> = {}) => ({
  session: 'session-1',
  title: 'Title',
  version: 1,
  revision: 0,
  body: storage('<p>draft</p>'),
  ...others,
});

describe('a draft of a published page', () => {
  it('is kept for its author, and leaves the page alone', async () => {
    const id = await newPage(space, 'Kept', { body: storage('<p>old</p>') });
    expect(await draftOf(id, author.as)).toBeNull();
    const saved = await done('PUT', path(id), draft(), { as: author.as });
    expect(saved).toMatchObject({ revision: 1 });
    const own = await draftOf(id, author.as);
    expect(own).toMatchObject({ contentId: id, title: 'Title', version: 1, revision: 1, savedAt: saved['savedAt'] });
    expect(at(own, 'body.storage.value')).toBe('<p>draft</p>');
    expect(await draftOf(id)).toBeNull();
    expect(at(await read(`/rest/api/content/${id}?expand=body.storage`), 'body.storage.value')).toBe('<p>old</p>');
    await done('DELETE', path(id), undefined, { as: author.as });
    expect(await draftOf(id, author.as)).toBeNull();
  });

  it('is not written over by another editor of the same author', async () => {
    const id = await newPage(space, 'Two windows');
    await done('PUT', path(id), draft());
    await done('PUT', path(id), draft({ revision: 1, title: 'Again' }));
    await refused(409, 'PUT', path(id), draft({ session: 'session-2' }));
    // The session's own answer may have been lost.
    await done('PUT', path(id), draft({ revision: 1, title: 'Repeated' }));
    await done('PUT', path(id), draft({ session: 'session-2', revision: 3, title: 'Taken over' }));
    await refused(409, 'PUT', path(id), draft({ revision: 3 }));
    expect(await draftOf(id)).toMatchObject({ title: 'Taken over', revision: 4 });
  });

  it('is changed by what its editor has changed since', async () => {
    const id = await newPage(space, 'Changed in parts');
    const change = (revision: number, value: string, others: Record<string, unknown> = {}) =>
      draft({ revision, body: undefined, change: { start: 3, end: 4, value }, ...others });
    const changes = `${path(id)}/changes`;
    await refused(409, 'POST', changes, change(1, 'none yet'));
    await done('PUT', path(id), draft({ body: storage('<p>\u{1F600}</p>') }));
    // Half of a character that takes two code units.
    const half = { start: 4, end: 4, value: '\u{1F601}'.slice(1) };
    expect(await done('POST', changes, change(1, '', { change: half, title: 'Other' }))).toMatchObject({ revision: 2 });
    const own = await draftOf(id);
    expect(own).toMatchObject({ title: 'Other', revision: 2 });
    expect(at(own, 'body.storage.value')).toBe('<p>\u{1F601}</p>');
    await refused(409, 'POST', changes, change(1, 'of what was saved before'));
    await refused(409, 'POST', changes, change(2, 'of another', { session: 'session-2' }));
    await refused(
      409,
      'POST',
      changes,
      change(2, '', { change: { start: 9, end: 9, value: 'of more than there is' } }),
    );
    await refused(400, 'POST', changes, change(2, '<em>'));
    await refused(400, 'POST', changes, change(2, '', { change: undefined }));
    expect(await draftOf(id)).toMatchObject({ revision: 2 });
    // Whoever doesn't know what was saved last saves the whole.
    await done('PUT', path(id), draft({ revision: 1, title: 'Whole' }));
    expect(await draftOf(id)).toMatchObject({ title: 'Whole', revision: 3 });
  });

  it.each([
    ['no storage format', { body: storage('<p>') }],
    ['no session', { session: '' }],
    ['no version', { version: 'x' }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a title that is too long', { title: 'x'.repeat(256) }],
  ])('is refused with %s', async (_name, wrong) => {
    const id = await newPage(space, `Wrong ${_name}`);
    await refused(400, 'PUT', path(id), draft(wrong));
    expect(await draftOf(id)).toBeNull();
  });

  it('may have no title yet', async () => {
    const id = await newPage(space, 'To be renamed');
    await done('PUT', path(id), draft({ title: '' }));
    expect(await draftOf(id)).toMatchObject({ title: '' });
  });
});

describe('the list of drafts', () => {
  it('has what one began and what one changed, the latest first, until it is published', async () => {
    const { as } = await newUser('lister');
    const begun = await newPage(space, 'Begun', { status: 'draft', body: storage('<p>b</p>') }, { as });
    const changed = await newPage(space, 'Changed', { body: storage('<p>old</p>') });
    await done('PUT', path(changed), draft({ title: 'Changed' }), { as });
    expect(await listed(as)).toMatchObject([
      { contentId: changed, title: 'Changed', status: 'current', space: { key: space } },
      { contentId: begun, title: 'Begun', status: 'draft', _links: { edit: expect.stringContaining(begun) } },
    ]);
    await edit(changed, { body: storage('<p>draft</p>') });
    expect((await listed(as)).map(({ contentId }) => contentId)).toEqual([begun]);
  });
});

describe('who has a page open in an editor', () => {
  const mark = (id: string, session: string, as?: string, more = {}) =>
    done('POST', `/rest/tributary/1/content/${id}/editing`, { session, ...more }, as ? { as } : {});

  it('is told to those who edit it too, at every gateway, until they leave', async () => {
    const id = await newPage(space, 'Edited by two');
    const other = await newUser('editor');
    expect(await mark(id, 'session-1', author.as)).toMatchObject({ editors: [], version: { number: 1 } });
    expect(await mark(id, 'session-2', other.as)).toMatchObject({ editors: [{ username: author.name }] });
    expect(await mark(id, 'session-1', author.as)).toMatchObject({ editors: [{ username: other.name }] });
    // The same user's other window.
    const both = await mark(id, 'session-3', author.as);
    expect(new Set(column({ results: both['editors'] }, 'username'))).toEqual(new Set([author.name, other.name]));
    await mark(id, 'session-3', author.as, { leaving: true });
    await mark(id, 'session-2', other.as, { leaving: true });
    expect(await mark(id, 'session-1', author.as)).toMatchObject({ editors: [] });
    await edit(id, { body: storage('<p>new</p>') });
    expect(await mark(id, 'session-1', author.as)).toMatchObject({ version: { number: 2 } });
  });

  it('is told to nobody who may not edit it', async () => {
    const id = await newPage(space, 'Not everybody’s');
    await done('PUT', `/rest/experimental/content/${id}/restriction`, [
      { operation: 'update', restrictions: { user: [{ type: 'known', username: 'admin' }] } },
    ]);
    await refused(403, 'POST', `/rest/tributary/1/content/${id}/editing`, { session: 'session-1' }, { as: author.as });
    await refused(400, 'POST', `/rest/tributary/1/content/${id}/editing`, { session: '!' });
  });
});
