import { beforeAll, describe, expect, it } from '@jest/globals';
import { at, column, done, edit, newPage, newSpace, newUser, read, refused, storage, under } from './wiki.js';

/** An edit is to be searchable in a second; a busy machine gets more before a test gives up. */
const indexedMillisMax = 10_000;
let space: string;
let ids: Record<'alpha' | 'beta' | 'japanese' | 'post', string>;
let comment: string;

const encoded = (cql: string): string => encodeURIComponent(cql.replaceAll('SPACE', space));
const search = (cql: string, more = '', as?: string) =>
  read(`/rest/api/content/search?cql=${encoded(cql)}${more}`, as ? { as } : {});
const titles = async (cql: string): Promise<unknown[]> => column(await search(cql), 'title');
const results = (cql: string, more = '') => read(`/rest/api/search?cql=${encoded(cql)}${more}`);

/** Asks until the answer is as it should be. */
async function until(cql: string, expected: readonly unknown[], as?: string): Promise<void> {
  const deadline = Date.now() + indexedMillisMax;
  for (;;) {
    const found = column(await search(cql, '', as), 'title');
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    if (Date.now() > deadline) expect(found).toEqual(expected);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  space = await newSpace();
  const page = (title: string, text: string, more: object = {}) =>
    newPage(space, title, { body: storage(`<p>${text}</p>`), ...more });
  const alpha = await page('Alpha guide', 'The quick brown fox', { metadata: { labels: [{ name: 'animal' }] } });
  const beta = await page('Beta guide', 'jumps over lazy dogs', under(alpha));
  const japanese = await page('日本語のページ', '検索エンジンの全文検索を試験する', under(beta));
  const post = String(
    (
      await done('POST', '/rest/api/content', {
        type: 'blogpost',
        title: 'Gamma news',
        space: { key: space },
        body: storage(''),
      })
    )['id'],
  );
  const remark = { type: 'comment', container: { id: alpha, type: 'page' }, body: storage('<p>A remark on foxes</p>') };
  comment = String((await done('POST', '/rest/api/content', remark))['id']);
  ids = { alpha, beta, japanese, post };
  await until(`id = ${comment}`, ['Re: Alpha guide']);
});

const [alpha, beta, japanese, post, home, remark] = [
  'Alpha guide',
  'Beta guide',
  '日本語のページ',
  'Gamma news',
  expect.stringContaining('Home'),
  'Re: Alpha guide',
];

describe('CQL', () => {
  it.each([
    ['type = page', [alpha, beta, home, japanese]],
    ['type in (page, blogpost)', [alpha, beta, post, home, japanese]],
    ['type = comment', [remark]],
    ['type not in (page, comment)', [post]],
    ['type = page and title = "alpha GUIDE"', [alpha]],
    ['type = page and title != "Alpha guide"', [beta, home, japanese]],
    ['title ~ guide', [alpha, beta]],
    ['title ~ "gui*"', [alpha, beta]],
    ['type = page and not title ~ guide', [home, japanese]],
    ['(title ~ alpha or title ~ gamma)', [alpha, post]],
    ['label = animal', [alpha]],
    ['type = page and label != animal', [beta, home, japanese]],
    ['label in (animal, other)', [alpha]],
    ['type = page and text ~ fox', [alpha]],
    ['text ~ "lazy jumps"', [beta]],
    ['text ~ "\\"lazy dogs\\""', [beta]],
    ['text ~ "\\"dogs lazy\\""', []],
    ['siteSearch ~ "brown"', [alpha]],
    ['text ~ 検索', [japanese]],
    ['text ~ "全文検索"', [japanese]],
    ['text ~ 索検', []],
    ['title ~ 日本語', [japanese]],
    ['created >= "2020-01-01" and type = blogpost', [post]],
    ['created < "2020-01-01"', []],
    ['lastmodified > now("-1h") and type = blogpost', [post]],
    ['lastModified >= startOfDay("-1d") and type = blogpost', [post]],
    ['creator = currentUser() and type = blogpost', [post]],
    ['contributor = admin and type = blogpost', [post]],
  ])('%s', async (cql, expected) => {
    expect(await titles(`space = SPACE and ${cql} order by title`)).toEqual(expected);
  });

  it('by ids: the content, what is above it, beside it, around it', async () => {
    expect(await titles(`id = ${ids.alpha}`)).toEqual([alpha]);
    expect(await titles(`id in (${ids.alpha}, ${ids.beta}) order by id desc`)).toEqual([beta, alpha]);
    expect(await titles(`ancestor = ${ids.alpha} order by title`)).toEqual([beta, japanese]);
    expect(await titles(`parent = ${ids.alpha}`)).toEqual([beta]);
    expect(await titles(`container = ${ids.alpha}`)).toEqual([remark]);
    expect(await titles(`space.key = SPACE and space.type = global and type = blogpost`)).toEqual([post]);
  });

  it('in the order that is asked for', async () => {
    expect(await titles('space = SPACE and title ~ guide order by created desc')).toEqual([beta, alpha]);
    expect(await titles('space = SPACE and type = page order by title desc')).toEqual([japanese, home, beta, alpha]);
  });

  it('knows where it is asked', async () => {
    const context = `&cqlcontext=${encodeURIComponent(JSON.stringify({ spaceKey: space, contentId: ids.alpha, contentStatuses: ['current'] }))}`;
    expect(column(await search('space = currentSpace() and type = blogpost', context), 'title')).toEqual([post]);
    expect(column(await search('parent = currentContent()', context), 'title')).toEqual([beta]);
    await refused(400, 'GET', `/rest/api/content/search?cql=type=page&cqlcontext=x`);
  });

  it.each([
    ['nothing = 1', 'nothing', 1],
    ['space = ', 'the end', 9],
    ['type = page and', 'the end', 16],
    ['(type = page', 'the end', 13],
    ['title ~~ x', '~', 8],
    ['type = page order by label', 'label', 22],
    ['created > yesterday', 'yesterday', 11],
    ['type = nonsense', 'nonsense', 8],
  ])('that is wrong names the place: %s', async (cql, token, position) => {
    for (const route of ['search', 'content/search']) {
      const message = await refused(400, 'GET', `/rest/api/${route}?cql=${encodeURIComponent(cql)}`);
      expect(message).toContain(`at '${token}' (position ${position})`);
    }
  });

  it.each([
    'watcher = currentUser()',
    'favourite = currentUser()',
    'mention = admin',
    'user.fullname ~ a',
    'type = user',
    'type in (page, attachment)',
    'space in favouriteSpaces()',
  ])('that is right and not there yet answers 501: %s', async (cql) => {
    await refused(501, 'GET', `/rest/api/search?cql=${encodeURIComponent(cql)}`);
  });

  it('is needed', async () => {
    for (const route of ['search', 'content/search']) await refused(400, 'GET', `/rest/api/${route}`);
  });
});

describe('answers', () => {
  it('are results, with what was found marked', async () => {
    expect(await results('space = SPACE and type = page and text ~ "quick fox"')).toMatchObject({
      results: [
        {
          content: { id: ids.alpha, type: 'page', title: alpha },
          title: alpha,
          excerpt: 'The @@@hl@@@quick@@@endhl@@@ brown @@@hl@@@fox@@@endhl@@@',
          url: `/display/${space}/Alpha+guide`,
          resultGlobalContainer: { title: `Space ${space}`, displayUrl: `/display/${space}` },
          entityType: 'content',
          iconCssClass: expect.stringContaining('page'),
          lastModified: expect.stringMatching(/^\d{4}-/),
          friendlyLastModified: expect.any(String),
          score: expect.any(Number),
        },
      ],
      start: 0,
      limit: 25,
      size: 1,
      totalSize: 1,
      cqlQuery: `space = ${space} and type = page and text ~ "quick fox"`,
      searchDuration: expect.any(Number),
    });
    const marked = await results('space = SPACE and text ~ 検索');
    expect(at(marked, 'results.0.excerpt')).toBe(
      '@@@hl@@@検索@@@endhl@@@エンジンの全文@@@hl@@@検索@@@endhl@@@を試験する',
    );
    expect(at(await results('space = SPACE and title ~ gamma'), 'results.0.title')).toBe(
      '@@@hl@@@Gamma@@@endhl@@@ news',
    );
    expect(
      at(await results('space = SPACE and type = page and text ~ fox', '&excerpt=none'), 'results.0.excerpt'),
    ).toBe('');
    expect(
      at(await results('space = SPACE and type = page and text ~ fox', '&excerpt=indexed'), 'results.0.excerpt'),
    ).toBe('The quick brown fox');
  });

  it('are contents with what is expanded', async () => {
    const found = await search(
      'space = SPACE and title = "Beta guide"',
      '&expand=body.storage,version,space,ancestors,metadata.labels',
    );
    expect(found['results']).toEqual([
      expect.objectContaining({
        id: ids.beta,
        version: expect.objectContaining({ number: 1 }),
        space: expect.objectContaining({ key: space }),
        ancestors: [expect.objectContaining({ id: ids.alpha })],
        body: expect.objectContaining({ storage: expect.objectContaining({ value: '<p>jumps over lazy dogs</p>' }) }),
      }),
    ]);
  });

  it.each(['content/search', 'search'])('of %s come in pages', async (route) => {
    const found: unknown[] = [];
    let path: string | undefined =
      `/rest/api/${route}?limit=2&cql=${encoded('space = SPACE and type = page order by title')}`;
    while (path !== undefined) {
      const list = await read(path);
      expect(list).toMatchObject({ limit: 2, totalSize: 4 });
      found.push(...column(list, 'title'));
      path = at(list, '_links.next') as string | undefined;
    }
    expect(found).toEqual([alpha, beta, home, japanese]);
  });
});

describe('the index', () => {
  it('follows edits, moves, labels and the trash within a second', async () => {
    const id = await newPage(space, 'Followed', { body: storage('<p>zebra</p>') });
    const startedAt = performance.now();
    await until('space = SPACE and text ~ zebra', ['Followed']);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await edit(id, { body: storage('<p>unicorn</p>') });
    await until('space = SPACE and text ~ unicorn', ['Followed']);
    expect(await titles('space = SPACE and text ~ zebra')).toEqual([]);
    await done('POST', `/rest/api/content/${id}/label`, [{ name: 'horned' }]);
    await until('space = SPACE and label = horned', ['Followed']);
    await done('PUT', `/rest/api/content/${id}/move/append/${ids.post === '' ? '' : ids.japanese}`);
    await until(`ancestor = ${ids.beta} and text ~ unicorn`, ['Followed']);
    await done('DELETE', `/rest/api/content/${id}`);
    await until('space = SPACE and text ~ unicorn', []);
  });

  it('shows, counts and pages only what its reader may see', async () => {
    const reader = await newUser('reader');
    const id = await newPage(space, 'Secret otter', { body: storage('<p>otter</p>') });
    await newPage(space, 'Open otter', { body: storage('<p>otter</p>') });
    await until('space = SPACE and text ~ otter order by title', ['Open otter', 'Secret otter'], reader.as);
    const restrictions = { user: [{ type: 'known', username: 'admin' }] };
    await done('PUT', `/rest/api/content/${id}/restriction`, [{ operation: 'read', restrictions }]);
    for (const gateway of [0, 1] as const) {
      const found = await read(`/rest/api/search?limit=1&cql=${encoded('space = SPACE and text ~ otter')}`, {
        as: reader.as,
        gateway,
      });
      expect([column(found, 'content.title'), found['totalSize'], at(found, '_links.next')]).toEqual([
        ['Open otter'],
        1,
        undefined,
      ]);
      await refused(401, 'GET', `/rest/api/search?cql=${encoded('text ~ otter')}`, undefined, { as: '', gateway });
    }
    // A label that is somebody's own is found by nobody else.
    await done('POST', `/rest/api/content/${id}/label`, [{ prefix: 'my', name: 'private-mark' }]);
    await edit(id, { body: storage('<p>otter marked</p>') });
    await until('space = SPACE and text ~ marked', ['Secret otter']);
    expect(await titles('label = "my:private-mark"')).toEqual([]);
  });
});
