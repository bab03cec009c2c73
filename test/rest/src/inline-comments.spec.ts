import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, column, done, edit, newPage, newSpace, newUser, read, refused, storage, type Json } from './wiki.js';

let space: string;
let user: Awaited<ReturnType<typeof newUser>>;
beforeAll(async () => {
  [space, user] = [await newSpace(), await newUser('commenter')];
});

const text = '<p>Stop the writers, then restore.</p><p>Start the writers.</p>';
const expand = 'extensions.inlineProperties,extensions.resolution,container,ancestors';
let count = 0;
const pageWith = (body: string): Promise<string> =>
  newPage(space, `Commented ${(count += 1)}`, { body: storage(body) });
const bodyOf = async (id: string): Promise<string> =>
  String(at(await read(`/rest/api/content/${id}?expand=body.storage`), 'body.storage.value'));

/** Comments on a text in a page; answers the comment's id. */
async function comment(page: string, inlineProperties: object, as = user.as): Promise<string> {
  const body = { type: 'comment', container: { id: page, type: 'page' }, body: storage('<p>Why?</p>') };
  const made = { ...body, extensions: { location: 'inline', inlineProperties } };
  return String((await done('POST', '/rest/api/content', made, { as }))['id']);
}
async function answer(page: string, to: string): Promise<string> {
  const body = { type: 'comment', container: { id: page, type: 'page' }, ancestors: [{ id: to }] };
  return String((await done('POST', '/rest/api/content', { ...body, body: storage('<p>Because.</p>') }))['id']);
}
const listed = async (page: string, query: string): Promise<unknown[]> =>
  column(await read(`/rest/api/content/${page}/child/comment?depth=all&${query}`), 'id');
const stateOf = async (id: string): Promise<unknown> =>
  at(await read(`/rest/api/content/${id}?expand=${expand}`), 'extensions.resolution.status');

describe('a comment inside of a text', () => {
  it('sets a marker around what was selected, and nothing else in the body', async () => {
    const page = await pageWith(text);
    const before = await read(`/rest/api/content/${page}?expand=version`);
    const id = await comment(page, { originalSelection: 'writers', before: 'Start the ', after: '.' });
    const shown = await read(`/rest/api/content/${id}?expand=${expand}`);
    const ref = String(at(shown, 'extensions.inlineProperties.markerRef'));
    expect(shown).toMatchObject({
      extensions: {
        location: 'inline',
        inlineProperties: { originalSelection: 'writers' },
        resolution: { status: 'open' },
      },
      container: { id: page },
    });
    const marked = `<ac:inline-comment-marker ac:ref="${ref}">writers</ac:inline-comment-marker>`;
    expect(await bodyOf(page)).toBe(text.replace('Start the writers', `Start the ${marked}`));
    expect(at(await read(`/rest/api/content/${page}?expand=version`), 'version')).toMatchObject({
      number: 2,
      minorEdit: true,
      message: 'Commented on a passage',
      by: { username: 'admin' },
      when: at(before, 'version.when'),
    });
    expect(at(await read(`/rest/api/content/${page}?expand=body.view`), 'body.view.value')).toContain(
      `<span class="inline-comment-marker" data-ref="${ref}">writers</span>`,
    );
  });

  it('is listed by where it stands, with its answers', async () => {
    const page = await pageWith(text);
    const id = await comment(page, { originalSelection: 'restore' });
    const reply = await answer(page, id);
    const foot = await done('POST', '/rest/api/content', {
      type: 'comment',
      container: { id: page, type: 'page' },
      body: storage('<p>x</p>'),
    });
    expect(await listed(page, 'location=inline')).toEqual([id, reply]);
    expect(await listed(page, 'location=footer')).toEqual([foot['id']]);
    expect(await listed(page, 'location=resolved')).toEqual([]);
    expect(await listed(page, '')).toHaveLength(3);
    expect(await read(`/rest/api/content/${reply}?expand=${expand}`)).toMatchObject({
      extensions: { location: 'inline', inlineProperties: { originalSelection: 'restore' } },
    });
    await done('PUT', `/rest/inlinecomments/1.0/comments/${id}/resolve/true/dangling/false`, {});
    expect(await listed(page, 'location=inline')).toEqual([]);
    expect(await listed(page, 'location=resolved')).toEqual([id, reply]);
    expect(await listed(page, 'location=inline,resolved')).toEqual([id, reply]);
    expect([await stateOf(id), await stateOf(reply)]).toEqual(['resolved', 'resolved']);
    await done('PUT', `/rest/inlinecomments/1.0/comments/${id}/resolve/false/dangling/false`, {});
    expect([await stateOf(id), await stateOf(reply)]).toEqual(['reopened', 'reopened']);
  });

  it('dangles when its text goes, and comes back with it', async () => {
    const page = await pageWith(text);
    const id = await comment(page, { originalSelection: 'restore' });
    const marked = await bodyOf(page);
    expect(await stateOf(id)).toBe('open');
    await edit(page, { body: storage('<p>All new.</p>') });
    expect(await stateOf(id)).toBe('dangling');
    await edit(page, { body: storage(marked) });
    expect(await stateOf(id)).toBe('open');
  });

  it('goes on with its first answer when it is deleted', async () => {
    const page = await pageWith(text);
    const id = await comment(page, { originalSelection: 'restore' });
    const [first, second] = [await answer(page, id), await answer(page, id)];
    await done('DELETE', `/rest/api/content/${id}`);
    expect(await listed(page, 'location=inline')).toEqual([first, second]);
    const shown = await read(`/rest/api/content/${first}?expand=${expand}`);
    expect(shown).toMatchObject({ extensions: { inlineProperties: { originalSelection: 'restore' } } });
    expect(await stateOf(second)).toBe('open');
    await done('DELETE', `/rest/api/content/${first}`);
    await done('DELETE', `/rest/api/content/${second}`);
    expect(await listed(page, '')).toEqual([]);
  });

  it('takes a marker that a client has set itself', async () => {
    const page = await pageWith(
      '<p>Call <ac:inline-comment-marker ac:ref="own-1">us</ac:inline-comment-marker> first.</p>',
    );
    const id = await comment(page, { originalSelection: 'us', markerRef: 'own-1' });
    expect(at(await read(`/rest/api/content/${page}?expand=version`), 'version.number')).toBe(1);
    expect(await stateOf(id)).toBe('open');
  });

  it('by many at once loses none of them', async () => {
    const page = await pageWith(text);
    await Promise.all(['Stop', 'then', 'Start'].map((originalSelection) => comment(page, { originalSelection })));
    expect((await bodyOf(page)).match(/ac:ref/g)).toHaveLength(3);
    expect(await listed(page, 'location=inline')).toHaveLength(3);
  });

  it('is refused where the text is not, and leaves nothing behind', async () => {
    const page = await pageWith(text);
    const body = { type: 'comment', container: { id: page, type: 'page' }, body: storage('<p>x</p>') };
    for (const inlineProperties of [{ originalSelection: 'nowhere' }, { originalSelection: ' ' }, {}]) {
      await refused(400, 'POST', '/rest/api/content', {
        ...body,
        extensions: { location: 'inline', inlineProperties },
      });
    }
    expect(await listed(page, '')).toEqual([]);
    expect(await bodyOf(page)).toBe(text);
    const foot = String((await done('POST', '/rest/api/content', body))['id']);
    await refused(400, 'PUT', `/rest/inlinecomments/1.0/comments/${foot}/resolve/true/dangling/false`, {});
    await refused(400, 'GET', '/rest/inlinecomments/1.0/comments');
  });

  it('is for those who may comment, though they may not edit', async () => {
    const page = await pageWith(text);
    await done('PUT', `/rest/api/content/${page}/restriction`, [
      { operation: 'update', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    const id = await comment(page, { originalSelection: 'restore' });
    expect(await stateOf(id)).toBe('open');
    const operations = [{ targetType: 'comment', operationKey: 'create' }];
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/revoke`, operations);
    const made = { type: 'comment', container: { id: page, type: 'page' }, body: storage('<p>x</p>') };
    const extensions = { location: 'inline', inlineProperties: { originalSelection: 'Start' } };
    await refused(403, 'POST', '/rest/api/content', { ...made, extensions }, { as: user.as });
    await refused(
      403,
      'PUT',
      `/rest/inlinecomments/1.0/comments/${id}/resolve/true/dangling/false`,
      {},
      { as: user.as },
    );
    await done('PUT', `/rest/api/space/${space}/permissions/group/confluence-users/grant`, operations);
  });

  it('is made, answered, listed and resolved as Confluence’s own pages do it', async () => {
    const page = await pageWith(text);
    const path = '/rest/inlinecomments/1.0/comments';
    const made = await done('POST', path, {
      containerId: page,
      originalSelection: 'writers',
      body: '<p>Which?</p>',
      matchIndex: 1,
      numMatches: 2,
      parentCommentId: '0',
    });
    expect(await bodyOf(page)).toMatch(/Start the <ac:inline-comment-marker/);
    const reply = await done('POST', `${path}/${String(made['id'])}/replies?containerId=${page}`, {
      body: '<p>All.</p>',
    });
    const threads = (await read(`${path}?containerId=${page}`)) as unknown as Json[];
    expect(threads).toEqual([
      expect.objectContaining({ id: made['id'], originalSelection: 'writers', body: '<p>Which?</p>' }),
    ]);
    expect(await read(`${path}/${String(made['id'])}/replies?containerId=${page}`)).toEqual([
      expect.objectContaining({ id: reply['id'], parentCommentId: made['id'] }),
    ]);
    expect(await done('PUT', `${path}/${String(made['id'])}/resolve/true/dangling/false`, made)).toMatchObject({
      resolveProperties: { resolved: true },
    });
    expect(await read(`${path}?containerId=${page}`)).toEqual([]);
    expect(await read(`${path}?containerId=${page}&resolved=true`)).toHaveLength(1);
  });
});
