import { describe, expect, it } from '@jest/globals';
import { at, basic, column, done, newName, newPage, newSpace, newUser, read, refused } from './wiki.js';

const account = (name: string): string => `/rest/api/admin/user/${name}`;

describe('an account', () => {
  it('is changed by an administrator, its username too, and stays the same user', async () => {
    const user = await newUser('changed');
    const renamed = newName('renamed');
    const changed = await done('PUT', account(user.name), { userName: renamed, fullName: 'Another Name' });
    expect(changed).toMatchObject({ userKey: user.key, username: renamed, displayName: 'Another Name' });
    expect(await read(`/rest/api/user?key=${user.key}`)).toMatchObject({ username: renamed });
    await refused(404, 'GET', `/rest/api/user?username=${user.name}`);
    await refused(401, 'GET', '/rest/api/user/current', undefined, { as: user.as });
    expect(await read('/rest/api/user/current', { as: basic(renamed, user.password) })).toMatchObject({
      userKey: user.key,
    });
    await refused(400, 'PUT', account(renamed), { userName: 'admin' });
    await refused(404, 'PUT', account('nobody-of-that-name'), { fullName: 'x' });
  });

  it('is deleted for good, and what its user wrote stays', async () => {
    const user = await newUser('deleted');
    const page = await newPage(await newSpace(), 'Of a user who is deleted', {}, { as: user.as });
    await done('DELETE', account(user.name));
    await refused(401, 'GET', '/rest/api/user/current', undefined, { as: user.as });
    await refused(404, 'DELETE', account(user.name));
    const left = await read(`/rest/api/content/${page}?expand=history,version,body.storage`);
    expect(at(left, 'body.storage.value')).toContain('Of a user who is deleted');
    expect(at(left, 'version.by.displayName')).not.toBe(`${user.name} Fullname`);
    // Who comes under the same name is somebody else.
    const again = await done('POST', '/rest/api/admin/user', {
      userName: user.name,
      fullName: 'x',
      password: 'long enough',
    });
    expect(again['userKey']).not.toBe(user.key);
  });

  it('that is active is listed, and all of it is for administrators', async () => {
    const [user, disabled] = [await newUser('listed'), await newUser('disabled')];
    await done('PUT', `${account(disabled.name)}/disable`);
    const names = column(await read('/rest/api/admin/users/list/active?limit=200'), 'username');
    expect(names).toContain(user.name);
    expect(names).not.toContain(disabled.name);
    await refused(403, 'GET', '/rest/api/admin/users/list/active', undefined, { as: user.as });
    await refused(403, 'PUT', account(disabled.name), { fullName: 'x' }, { as: user.as });
    await refused(403, 'DELETE', account(disabled.name), undefined, { as: user.as });
    await refused(400, 'DELETE', account('admin'));
  });
});
