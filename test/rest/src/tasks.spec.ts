import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, done, edit, newPage, newSpace, newUser, nobody, read, refused, storage } from './wiki.js';

const task = (id: number, status: string, text: string): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${text}</ac:task-body></ac:task>`;
const body = (first: string, second: string): string =>
  `<p>caf&eacute;</p><ac:task-list>${task(1, first, 'Call')}${task(2, second, 'Write')}</ac:task-list>`;

let page: string;
let user: Awaited<ReturnType<typeof newUser>>;

beforeAll(async () => {
  user = await newUser('ticker');
  page = await newPage(await newSpace(), 'Tasks', { body: storage(body('incomplete', 'complete')) });
});

const path = (id: string, taskId: number | string): string => `/rest/inlinetasks/1/task/${id}/${taskId}/`;
const now = async () => {
  const content = await read(`/rest/api/content/${page}?expand=body.storage,body.view,version`);
  return { version: at(content, 'version.number'), storage: at(content, 'body.storage.value'), content };
};

describe('ticking a task', () => {
  it('writes a version in which nothing else differs, seen at once at the other gateway', async () => {
    await now();
    expect(await done('POST', path(page, 1), { status: 'CHECKED', trigger: 'VIEW_PAGE' })).toMatchObject({
      version: { number: 2 },
    });
    const { content } = await now();
    expect(await now()).toMatchObject({ version: 2, storage: body('complete', 'complete') });
    expect(at(content, 'body.view.value')).toContain('class="checked" data-inline-task-id="1"');
    expect(at(content, 'version')).toMatchObject({ minorEdit: true, message: 'Completed a task' });
    await done('PUT', path(page, 2), { status: 'UNCHECKED' });
    expect(await now()).toMatchObject({ version: 3, storage: body('complete', 'incomplete') });
  });

  it('that is so already writes none', async () => {
    const before = await now();
    await done('POST', path(page, 1), { status: 'CHECKED' });
    expect((await now()).version).toBe(before.version);
  });

  it('by many at once loses none of them', async () => {
    await edit(page, { body: storage(body('incomplete', 'incomplete')) });
    await Promise.all([1, 2].map((id) => done('POST', path(page, id), { status: 'CHECKED' })));
    expect((await now()).storage).toBe(body('complete', 'complete'));
  });

  it('is for those who may edit, of what is there', async () => {
    await done('PUT', `/rest/api/content/${page}/restriction`, [
      { operation: 'update', restrictions: { user: [{ type: 'known', username: 'admin' }], group: [] } },
    ]);
    await refused(403, 'POST', path(page, 1), { status: 'UNCHECKED' }, { as: user.as });
    await refused(401, 'POST', path(page, 1), { status: 'UNCHECKED' }, { as: nobody });
    await refused(404, 'POST', path(page, 9), { status: 'CHECKED' });
    await refused(404, 'POST', path('999999999', 1), { status: 'CHECKED' });
    for (const wrong of [{}, { status: 'complete' }, { status: 1 }]) await refused(400, 'POST', path(page, 1), wrong);
    await refused(400, 'POST', path(page, 'x'), { status: 'CHECKED' });
    expect((await now()).storage).toBe(body('complete', 'complete'));
  });

  it('of which a page has two with one number is refused', async () => {
    const twice = `<ac:task-list>${task(1, 'incomplete', 'a')}${task(1, 'incomplete', 'b')}</ac:task-list>`;
    const copied = await newPage(await newSpace(), 'Twice', { body: storage(twice) });
    await refused(400, 'POST', path(copied, 1), { status: 'CHECKED' });
  });
});
