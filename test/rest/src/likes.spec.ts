import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, done, newPage, newSpace, newUser, nobody, read, refused, storage } from './wiki.js';

let page: string;
let comment: string;
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  const space = await newSpace();
  user = await newUser('liker');
  page = await newPage(space, 'Liked');
  const said = { type: 'comment', container: { id: page, type: 'page' }, body: storage('<p>Yes</p>') };
  comment = String((await done('POST', '/rest/api/content', said))['id']);
});

const likes = (id: string, query = ''): string => `/rest/likes/1.0/content/${id}/likes${query}`;
const names = (json: unknown, path = 'likes'): unknown[] =>
  (at(json, path) as { user: { name: string } }[]).map((like) => like.user.name);

describe('likes', () => {
  it('are given and taken back, once each, and read at every gateway', async () => {
    expect(await read(likes(page))).toMatchObject({ likes: [], content_type: 'page', content_id: page, total: 0 });
    expect(names(await done('POST', likes(page), undefined, { as: user.as }))).toEqual([user.name]);
    await done('POST', likes(page), {}, { as: user.as });
    await done('POST', likes(page));
    const both = await read(likes(page));
    expect(names(both)).toEqual([user.name, 'admin']);
    expect(both).toMatchObject({ total: 2 });
    expect(at(both, 'likes.0.user')).toMatchObject({ fullName: `${user.name} Fullname`, followedByRemoteUser: false });
    expect(names(await done('DELETE', likes(page)))).toEqual([user.name]);
    await done('DELETE', likes(page));
    expect(names(await read(likes(page)))).toEqual([user.name]);
  });

  it('of comments are shown with those of their page when they are asked for', async () => {
    await done('POST', likes(comment), undefined, { as: user.as });
    expect(await read(likes(comment))).toMatchObject({ content_type: 'comment', total: 1 });
    expect(names(await read(likes(page, '?commentLikes=true')), `commentLikes.${comment}.likes`)).toEqual([user.name]);
    expect(await read(likes(page))).not.toHaveProperty('commentLikes');
  });

  it('are not for strangers, nor for what is not there or not published', async () => {
    await refused(401, 'POST', likes(page), undefined, { as: nobody });
    for (const method of ['GET', 'POST', 'DELETE']) await refused(404, method, likes('999999999'));
    await refused(400, 'GET', likes('x'));
    const trashed = await newPage(await newSpace(), 'Trashed');
    await done('DELETE', `/rest/api/content/${trashed}`);
    await refused(400, 'POST', likes(trashed));
  });
});
