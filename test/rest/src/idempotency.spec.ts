import { expect, it } from '@jest/globals';
import { ask, at, done, edit, newSpace, newUser, storage } from './wiki.js';

it('a content is made once for an idempotency key of its sender, however often and at once it is asked for', async () => {
  const space = await newSpace();
  const page = (title: string) => ({ type: 'page', title, space: { key: space }, body: storage('<p>once</p>') });
  const make = (title: string, key: string, as?: string) =>
    ask('POST', '/rest/api/content', page(title), { headers: { 'idempotency-key': key }, ...(as ? { as } : {}) });
  const answers = await Promise.all(Array.from({ length: 6 }, () => make('Made once', '"key-1"')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const [id, ...others] = new Set(answers.map(({ json }) => String(json['id'])));
  expect(others).toEqual([]);
  await edit(String(id), { body: storage('<p>changed</p>') });
  const again = await make('Another title', 'key-1');
  expect(again.json).toMatchObject({ id, title: 'Made once', version: { number: 2 } });
  expect(at(again.json, 'body.storage.value')).toBe('<p>changed</p>');
  // Another's key is another key, and what one may not see any more is not shown for it.
  const writer = await newUser('writer');
  const own = await make('Made by somebody else', 'key-1', writer.as);
  expect(own.json).toMatchObject({ title: 'Made by somebody else' });
  const onlyAdmin = { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } };
  await done('PUT', `/rest/api/content/${String(own.json['id'])}/restriction`, [onlyAdmin]);
  expect((await make('Made by somebody else', 'key-1', writer.as)).status).toBe(404);
  for (const key of ['', 'a key', 'x'.repeat(256)]) expect((await make('Refused', key)).status).toBe(400);
});
