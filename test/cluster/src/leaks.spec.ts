import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attemptsOn } from './leaks/attempts.js';
import { Somebody } from './leaks/client.js';
import { hiddenFrom, leaksTo } from './leaks/inspection.js';
import { routesThatChangeNoContent, routesWithoutContents } from './leaks/other-routes.js';
import { secretWord, type Secret } from './leaks/secret.js';
import { conversionsOf, surfacesOf } from './leaks/surfaces.js';
import { Wiki } from './leaks/wiki.js';

/** No one sees what they may not: on no surface that lists, counts, searches, shows or links to content, over no gateway. */
let wiki: Wiki;
let restricted: Secret;
let inHiddenSpace: Secret;

beforeAll(async () => {
  wiki = await Wiki.start();
  restricted = await wiki.openSecret();
  await wiki.restrict(restricted.id);
  inHiddenSpace = await wiki.secretInHiddenSpace();
  await Promise.all([restricted, inHiddenSpace].map((secret) => wiki.indexed(secret)));
}, 120_000);
afterAll(() => wiki.cluster.stop());

const probesOf = (secret: Secret) => [...Object.values(surfacesOf(secret)).flat(), ...conversionsOf(secret)];
const secretOf = (kind: string): Secret => (kind === 'a restricted page' ? restricted : inHiddenSpace);
const kinds = ['a restricted page', 'a hidden space'];

describe('the requests that are tried', () => {
  it('cover every route that a gateway has', async () => {
    const known = new Set([
      ...[...Object.keys(surfacesOf(inHiddenSpace)), ...routesWithoutContents].map((route) => `GET ${route}`),
      ...Object.keys(attemptsOn(inHiddenSpace, '1')),
      ...routesThatChangeNoContent,
    ]);
    expect((await wiki.routes()).filter((route) => !known.has(route))).toEqual([]);
  });

  it('are of routes that the documentation names, where Confluence’s doesn’t', async () => {
    const written = await readFile(new URL('../../../docs/rest-api.md', import.meta.url), 'utf8');
    const own = (await wiki.routes()).filter((route) => route.includes(' /rest/tributary/1/'));
    const isNamed = (route: string) =>
      [...written.matchAll(/`([A-Z]+ \/[^`?]*)/g)].some(([, name]) => name === route.replace('/rest/tributary/1', ''));
    expect(own.length).toBeGreaterThan(30);
    expect(own.filter((route) => !isNamed(route))).toEqual([]);
  });

  it.each(kinds)('show %s to those who may see it', async (kind) => {
    const secret = secretOf(kind);
    for (const gateway of wiki.gateways)
      expect(await hiddenFrom(wiki.insider, gateway, secret, probesOf(secret), secret.hidesSpace)).toEqual([]);
  });
});

describe.each(kinds)('%s', (kind) => {
  it('shows nothing to users who may not see it, nor to strangers', async () => {
    const secret = secretOf(kind);
    for (const gateway of wiki.gateways)
      for (const who of [wiki.outsider, Somebody.anonymous])
        expect(await leaksTo(who, gateway, secret, probesOf(secret))).toEqual([]);
  });

  it('can not be changed, and is not there for who tries', async () => {
    const secret = secretOf(kind);
    const ownPageId = await wiki.makePage(`Own ${kind}`, 'POINTERS');
    const found: string[] = [];
    for (const [route, attempts] of Object.entries(attemptsOn(secret, ownPageId))) {
      for (const { path, body, file } of attempts) {
        const form = new FormData();
        form.append('file', new Blob(['x']), 'x.txt');
        const asked = { method: route.split(' ')[0] as string, ...(file ? { form } : { body }) };
        const { status, text } = await wiki.outsider.ask(wiki.gateways[1], path, asked);
        if (status !== 404) found.push(`${route} ${path}: ${status} ${text}`);
        const others = [secret.id, secret.word, secret.titleWord].filter((trace) => !path.includes(trace));
        if (!JSON.stringify(body ?? '').includes(secret.id) && others.some((trace) => text.includes(trace)))
          found.push(`${route} ${path} tells: ${text}`);
      }
    }
    expect(found).toEqual([]);
  });
});

describe('right after a change, over the other gateway with what it had cached', () => {
  /** Everything is seen and cached over both gateways; then the change; then nothing may be seen, from the first moment on. */
  async function hides(secret: Secret, readers: Somebody[], change: () => Promise<unknown>): Promise<void> {
    await wiki.indexed(secret);
    const probes = probesOf(secret);
    for (const gateway of wiki.gateways)
      for (const reader of readers) expect(await hiddenFrom(reader, gateway, secret, probes, false)).toEqual([]);
    await change();
    const [here, other] = wiki.gateways;
    for (const gateway of [other, here])
      for (const reader of readers) expect(await leaksTo(reader, gateway, secret, probes)).toEqual([]);
  }
  const everybody = () => [wiki.outsider, Somebody.anonymous];

  it('a view restriction', async () => {
    const secret = await wiki.openSecret();
    await hides(secret, everybody(), () => wiki.restrict(secret.id));
  });

  it('a move below a restricted page', async () => {
    const secret = await wiki.openSecret();
    const hiddenParent = await wiki.makePage('Hidden parent', secret.spaceKey);
    await wiki.restrict(hiddenParent);
    await hides(secret, everybody(), () => wiki.move(secret.id, hiddenParent));
  });

  it('a space permission that is taken away', async () => {
    const secret = await wiki.secretInHiddenSpace();
    await wiki.setOpen(secret.spaceKey, true);
    await hides(secret, everybody(), () => wiki.setOpen(secret.spaceKey, false));
  });

  it('a page that goes into the trash, for who may not edit it', async () => {
    const made = await wiki.secretInHiddenSpace();
    await wiki.setOpen(made.spaceKey, true);
    const secret = { ...made, hidesSpace: false };
    await hides(secret, everybody(), async () => {
      await wiki.trash(secret.childId);
      await wiki.trash(secret.id);
    });
  });

  it('a user who leaves the group that may see', async () => {
    const secret = await wiki.openSecret();
    await wiki.restrict(secret.id);
    await hides(secret, [wiki.former], () => wiki.leave(wiki.former.name));
    await wiki.join(wiki.former.name);
  });

  it('a user who leaves the group that may see the space', async () => {
    await hides(inHiddenSpace, [wiki.former], () => wiki.leave(wiki.former.name));
    await wiki.join(wiki.former.name);
  });
});

describe('a draft', () => {
  it("is its author's alone", async () => {
    const [gateway, other] = wiki.gateways;
    const word = secretWord();
    const { spaceKey } = restricted;
    const draft = { type: 'page', status: 'draft', title: word, space: { key: spaceKey } };
    const { id } = await wiki.insider.do(gateway, 'POST', '/rest/api/content', draft);
    const paths = [`/rest/api/content/${id}?status=draft`, `/rest/api/content/${id}/label`];
    const lists = ['', '/scan'].map((list) => `/rest/api/content${list}?spaceKey=${spaceKey}&status=any&limit=200`);
    for (const path of [...paths, ...lists]) {
      const own = await wiki.insider.ask(other, path);
      expect([path, own.status, lists.includes(path) ? own.text : word]).toEqual([
        path,
        200,
        expect.stringContaining(word),
      ]);
      for (const who of [wiki.outsider, wiki.former, Somebody.anonymous]) {
        const { status, text } = await who.ask(other, path);
        expect([path, status]).toEqual([path, lists.includes(path) ? 200 : 404]);
        expect(text).not.toContain(word);
      }
    }
  });

  it("of a published page is its author's alone, and only while they may see the page", async () => {
    const [gateway, other] = wiki.gateways;
    const secret = await wiki.openSecret();
    const path = `/rest/tributary/1/drafts/${secret.id}`;
    const list = '/rest/tributary/1/drafts?limit=200';
    await wiki.join(wiki.former.name);
    const authors = [
      { who: wiki.insider, word: secretWord() },
      { who: wiki.former, word: secretWord() },
    ];
    for (const { who, word } of authors) {
      const body = { storage: { value: `<p>${word}</p>`, representation: 'storage' } };
      await who.do(gateway, 'PUT', path, { session: `session-${word}`, title: word, version: 2, revision: 0, body });
    }
    const shown = async (who: Somebody) =>
      Promise.all([path, list].map(async (asked) => (await who.ask(other, asked)).text));
    for (const { who, word } of authors) {
      for (const text of await shown(who)) {
        expect(text).toContain(word);
        for (const author of authors) if (author.who !== who) expect(text).not.toContain(author.word);
      }
    }
    for (const who of [wiki.outsider, Somebody.anonymous])
      for (const text of await shown(who)) for (const { word } of authors) expect(text).not.toContain(word);
    await wiki.restrict(secret.id);
    await wiki.leave(wiki.former.name);
    expect((await wiki.former.ask(other, path)).status).toBe(404);
    for (const text of await shown(wiki.former)) expect(text).not.toContain(authors[1]?.word);
    await wiki.join(wiki.former.name);
  });
});
