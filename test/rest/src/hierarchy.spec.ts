import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
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

const content = (id: string, path = ''): string => `/rest/api/content/${id}${path}`;
const titles = async (path: string, as?: string): Promise<unknown[]> =>
  column(await read(path, as ? { as } : {}), 'title');
const ancestors = async (id: string): Promise<unknown[]> =>
  column({ results: at(await read(content(id, '?expand=ancestors')), 'ancestors') }, 'title');

describe('a tree of pages', () => {
  let space: string;
  let home: string;
  let ids: Record<'a' | 'b' | 'c' | 'a1' | 'a2' | 'a11', string>;

  beforeEach(async () => {
    space = await newSpace();
    home = String(at(await read(`/rest/api/space/${space}?expand=homepage`), 'homepage.id'));
    const [a, b, c] = [
      await newPage(space, 'A', under(home)),
      await newPage(space, 'B', under(home)),
      await newPage(space, 'C', under(home)),
    ];
    const [a1, a2] = [await newPage(space, 'A1', under(a)), await newPage(space, 'A2', under(a))];
    ids = { a, b, c, a1, a2, a11: await newPage(space, 'A11', under(a1)) };
  });

  const children = (id: string) => titles(content(id, '/child/page'));
  const move = (id: string, position: string, target: string) =>
    done('PUT', content(id, `/move/${position}/${target}`));

  it('is read down and up', async () => {
    expect(await children(home)).toEqual(['A', 'B', 'C']);
    expect(await children(ids.a11)).toEqual([]);
    expect(sorted(await titles(content(home, '/descendant/page')))).toEqual(['A', 'A1', 'A11', 'A2', 'B', 'C']);
    expect(await ancestors(ids.a11)).toEqual([expect.stringContaining('Home'), 'A', 'A1']);
    const both = await read(content(ids.a, '/child?expand=page.version,comment'));
    expect(both).toMatchObject({
      page: { size: 2, results: [{ version: { number: 1 } }, { version: { number: 1 } }] },
      comment: { size: 0 },
      _links: { self: expect.any(String), base: expect.any(String), context: '' },
      _expandable: { attachment: content(ids.a, '/child/attachment') },
    });
    const all = await read(content(home, '/descendant?expand=page'));
    expect(at(all, 'page.size')).toBe(6);
    await refused(400, 'GET', content(ids.a, '/child/nonsense'));
    await refused(404, 'GET', content('999999999', '/child/page'));
  });

  it.each([
    ['above', 'a', ['C', 'A', 'B']],
    ['below', 'a', ['A', 'C', 'B']],
    ['below', 'b', ['A', 'B', 'C']],
    ['append', 'a', ['A', 'B']],
  ] as const)('is arranged: C %s %s', async (position, target, expected) => {
    expect(await move(ids.c, position, ids[target])).toEqual({ pageId: ids.c });
    expect(await children(home)).toEqual(expected);
    if (position === 'append') expect(await children(ids.a)).toEqual(['A1', 'A2', 'C']);
    else expect(await ancestors(ids.c)).toEqual([expect.stringContaining('Home')]);
  });

  it('takes what is below along, also into another space', async () => {
    const other = await newSpace();
    const otherHome = String(at(await read(`/rest/api/space/${other}?expand=homepage`), 'homepage.id'));
    await move(ids.a, 'append', otherHome);
    expect(await children(home)).toEqual(['B', 'C']);
    expect(await ancestors(ids.a11)).toEqual([expect.stringContaining(other), 'A', 'A1']);
    expect(at(await read(content(ids.a11, '?expand=space')), 'space.key')).toBe(other);
    expect(column(await read(`/rest/api/content?spaceKey=${space}&title=A11`), 'id')).toEqual([]);
    expect(column(await read(`/rest/api/content?spaceKey=${other}&title=A11`), 'id')).toEqual([ids.a11]);
  });

  it('never becomes a ring', async () => {
    for (const [position, target] of [
      ['append', 'a11'],
      ['append', 'a'],
      ['above', 'a11'],
      ['below', 'a'],
    ] as const) {
      await refused(400, 'PUT', content(ids.a, `/move/${position}/${ids[target]}`));
    }
    await refused(400, 'PUT', content(ids.a, `/move/sideways/${ids.b}`));
    await refused(404, 'PUT', content(ids.a, '/move/append/999999999'));
    expect(await children(home)).toEqual(['A', 'B', 'C']);
  });

  it('is arranged by the older route too: by id, by title, to the top', async () => {
    const older = (query: Record<string, string>) =>
      done('POST', `/pages/movepage.action?${new URLSearchParams(query).toString()}`, undefined, {
        headers: { 'x-atlassian-token': 'no-check' },
      });
    await older({ pageId: ids.c, targetId: ids.a, position: 'above' });
    expect(await children(home)).toEqual(['C', 'A', 'B']);
    await older({ pageId: ids.c, spaceKey: space, targetTitle: 'A', position: 'append' });
    expect(await children(ids.a)).toEqual(['A1', 'A2', 'C']);
    await older({ pageId: ids.c, spaceKey: space, position: 'topLevel' });
    expect(await ancestors(ids.c)).toEqual([]);
    expect(await titles(`/rest/api/space/${space}/content/page?depth=root`)).toContain('C');
    await refused(404, 'POST', `/pages/movepage.action?pageId=${ids.c}&spaceKey=${space}&targetTitle=None`);
    await refused(400, 'POST', '/pages/movepage.action?position=append');
  });

  it('closes the gap that a page leaves', async () => {
    await done('DELETE', content(ids.a1));
    expect(sorted(await children(ids.a))).toEqual(['A11', 'A2']);
    expect(await ancestors(ids.a11)).toEqual([expect.stringContaining('Home'), 'A']);
  });
});

describe('comments', () => {
  let page: string;
  let writer: Awaited<ReturnType<typeof newUser>>;

  beforeAll(async () => {
    [page, writer] = [await newPage(await newSpace(), 'Discussed'), await newUser('commenter')];
  });

  const comment = (text: string, more: object = {}): Promise<Json> =>
    done(
      'POST',
      '/rest/api/content',
      { type: 'comment', container: { id: page, type: 'page' }, body: storage(text), ...more },
      { as: writer.as },
    );

  it('stand below their page, answers below their comment', async () => {
    const first = await comment('<p>First</p>');
    const id = String(first['id']);
    expect(first).toMatchObject({
      type: 'comment',
      title: 'Re: Discussed',
      container: { id: page },
      extensions: { location: 'footer' },
    });
    const answer = String((await comment('<p>Answer</p>', { ancestors: [{ id }] }))['id']);
    const second = String((await comment('<p>Answer to it</p>', { ancestors: [{ id }, { id: answer }] }))['id']);
    const list = async (path: string) => column(await read(content(page, path)), 'id');
    expect(await list('/child/comment')).toEqual([id]);
    expect(sorted(await list('/child/comment?depth=all'))).toEqual([id, answer, second].toSorted());
    expect(sorted(await list('/descendant/comment'))).toEqual([id, answer, second].toSorted());
    expect(await list('/child/comment?location=footer')).toEqual([id]);
    expect(await list('/child/comment?location=inline&location=resolved')).toEqual([]);
    expect(column(await read(content(id, '/child/comment?expand=body.view')), 'body.view.value')).toEqual([
      '<p>Answer</p>',
    ]);
    const shown = await read(content(second, '?expand=ancestors,container,body.storage'));
    expect(column({ results: shown['ancestors'] }, 'id')).toEqual([id, answer]);
    await done('DELETE', content(answer), undefined, { as: writer.as });
    expect(column(await read(content(id, '/child/comment')), 'id')).toEqual([second]);
    await done(
      'PUT',
      content(id),
      { type: 'comment', version: { number: 2 }, body: storage('<p>Edited</p>') },
      { as: writer.as },
    );
    expect(at(await read(content(id, '?expand=body.storage')), 'body.storage.value')).toBe('<p>Edited</p>');
  });

  it('are named after their page, whatever it is called by then', async () => {
    const { id } = await comment('<p>Named</p>');
    expect((await read(content(String(id))))['title']).toBe('Re: Discussed');
    await done('PUT', content(page), { type: 'page', title: 'Renamed', version: { number: 2 } });
    for (const gateway of [0, 1] as const) {
      expect((await read(content(String(id)), { gateway }))['title']).toBe('Re: Renamed');
    }
  });

  it('answer comments of the same page only', async () => {
    const elsewhere = await newPage(await newSpace(), 'Elsewhere');
    const { id } = await comment('<p>x</p>');
    const answer = {
      type: 'comment',
      container: { id: elsewhere, type: 'page' },
      ancestors: [{ id }],
      body: storage('x'),
    };
    await refused(400, 'POST', '/rest/api/content', answer);
    await refused(400, 'POST', '/rest/api/content', { type: 'comment', body: storage('x') });
    await refused(404, 'POST', '/rest/api/content', {
      type: 'comment',
      container: { id: '999999999' },
      body: storage('x'),
    });
  });
});
