import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalStorage, linksOf, parseStorage } from '@tributary/storage-format';
import { RunningCluster, until } from '@tributary/test-servers';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstration, report } from './subject.js';
import { builtPages, PublishingClient, type BuiltPage } from './publishing-client.js';
import { PublishedSpace, type PublishedPage } from './published-space.js';

const spaceKey = 'DJANGO';
const settings = {
  // Asks for descendants, and removes what isn't published any more: nothing.
  cleanup_purge: '1',
  cleanup_from_root: '1',
  cleanup_search_mode: 'direct',
  root_homepage: '1',
  // One more attachment, on the root page.
  publish_intersphinx: '1',
  version_comment: 'Published by Sphinx',
};

describe("Django's documentation, published through one gateway", () => {
  let cluster: RunningCluster;
  let folder: string;
  let built: BuiltPage[];
  let published: PublishedPage[];
  let space: PublishedSpace;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-publication-'));
    const { python, documentation } = await demonstration();
    cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 });
    const [first = '', second = ''] = cluster.gateways;
    await cluster.call(first, 'POST', '/rest/api/space', { key: spaceKey, name: 'Django' });
    const credentials = { user: 'admin', password: cluster.password };
    const client = await PublishingClient.start(python, documentation, {
      url: first,
      spaceKey,
      credentials,
      folder,
      settings,
    });
    const publishedIn = await client.finish();
    built = await builtPages(client.output);
    space = new PublishedSpace(cluster, second, spaceKey);
    const since = performance.now();
    published = await space.pages();
    report('published', { pages: built.length, seconds: publishedIn, retries: client.retries });
    report('read with bodies through the other gateway', {
      pages: published.length,
      seconds: (performance.now() - since) / 1_000,
    });
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The space's first homepage was there before. */
  const documentation = (): PublishedPage[] => published.filter(({ title }) => title !== 'Django Home');
  const byTitle = (): Map<string, PublishedPage> => new Map(published.map((page) => [page.title, page]));

  it('is there with all pages through the other gateway, by list and by search', async () => {
    expect(
      documentation()
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(built.map(({ title }) => title).toSorted());
    await until('all pages to be found', async () => (await space.found()) === published.length);
  });

  it("has the tree of its tables of contents, with its root as the space's homepage", async () => {
    const parents = (pages: Iterable<readonly [string, string | undefined]>) => Object.fromEntries(pages);
    expect(parents(documentation().map(({ title, ancestors }) => [title, ancestors.at(-1)?.title]))).toEqual(
      parents(built.map(({ title, parentTitle }) => [title, parentTitle])),
    );
    expect(await space.homepageTitle()).toBe(built.find(({ parentTitle }) => parentTitle === undefined)?.title);
  });

  it('has the labels that the client puts on every page, and its message on every version', () => {
    for (const { title, metadata, version } of documentation()) {
      expect({ title, labels: metadata.labels.results.map(({ name }) => name).toSorted(), version }).toMatchObject({
        title,
        labels: ['django', 'documentation'],
        version: { message: settings.version_comment },
      });
    }
  });

  it('has the bodies that the client wrote', () => {
    const pages = byTitle();
    for (const { title, storage } of built) {
      const stored = pages.get(title)?.body.storage.value ?? '';
      expect({ title, storage: canonicalStorage(stored) }).toEqual({ title, storage: canonicalStorage(storage) });
    }
  });

  it('renders without an error, and with every link resolved whose target was published', () => {
    const titles = new Set(built.map(({ title }) => title.toLowerCase()));
    const pages = byTitle();
    for (const { title, storage } of built) {
      const view = pages.get(title)?.body.view.value ?? '';
      const toNowhere = linksOf(parseStorage(storage)).filter(
        ({ target }) =>
          target.type === 'page' && 'title' in target.page && !titles.has(target.page.title.toLowerCase()),
      );
      const unresolved = view.match(/ class="(?:[^"]* )?(?:unresolved|createlink)(?: [^"]*)?"/g) ?? [];
      const errors = view.match(/<[^>]* class="(?:[^"]* )?(?:error|unknown-macro)(?: [^"]*)?".{0,200}/g) ?? [];
      expect({ title, errors, unresolved: unresolved.length }).toEqual({
        title,
        errors: [],
        unresolved: toNowhere.length,
      });
      expect({ title, isEmpty: view === '' }).toEqual({ title, isEmpty: storage === '' });
    }
  });

  it('has every attachment, byte for byte', async () => {
    const pages = byTitle();
    const withFiles = built.filter(({ attachments }) => attachments.length > 0);
    expect(withFiles.length).toBeGreaterThan(1);
    for (const { title, attachments } of withFiles) {
      const found = await space.attachments(pages.get(title)?.id ?? '');
      const names = attachments.map(({ name }) => name).toSorted();
      expect({ title, names: found.map((attachment) => attachment.title).toSorted() }).toEqual({ title, names });
      for (const { name, mediaType, bytes } of attachments) {
        const attachment = found.find((candidate) => candidate.title === name);
        expect({ name, mediaType: attachment?.metadata.mediaType }).toEqual({ name, mediaType });
        const downloaded = await space.download(attachment?._links.download ?? '');
        expect({ name, isSame: downloaded.equals(bytes) }).toEqual({ name, isSame: true });
      }
    }
  });

  it('has the property by which the client knows its pages', async () => {
    for (const { id } of documentation()) {
      const property = await space.get<{ value: { hash: string } }>(
        `/rest/api/content/${id}/property/sphinxcontrib.confluencebuilder`,
      );
      expect(property.value.hash).toMatch(/^[0-9a-f]{64}1$/);
    }
  });
});
