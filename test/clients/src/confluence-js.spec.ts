import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import { ConfluenceClient } from 'confluence.js';
import { randomUUID } from 'node:crypto';

const spaceKey = 'NODE';
const storage = (value: string) => ({ storage: { value, representation: 'storage' as const } });

/** Writes through one gateway, reads through the other. */
describe('confluence.js', () => {
  let cluster: RunningCluster;
  let writer: ConfluenceClient;
  let reader: ConfluenceClient;
  let title: string;
  let id: string;

  beforeAll(async () => {
    cluster = await RunningCluster.start({ gateways: 2 });
    const { json } = await cluster.call(cluster.url, 'POST', '/rest/pat/latest/tokens', { name: 'confluence.js' });
    const [first, second] = cluster.gateways.map(
      (host) =>
        new ConfluenceClient({
          host,
          // Data Center's; the library's own default is the Cloud's.
          apiPrefix: '/rest',
          authentication: { oauth2: { accessToken: String(json['rawToken']) } },
        }),
    );
    if (!first || !second) throw new Error('The cluster has no two gateways');
    [writer, reader] = [first, second];
    await writer.space.createSpace({ key: spaceKey, name: 'Node' });
  });
  afterAll(() => cluster?.stop());

  beforeEach(async () => {
    title = `Page ${randomUUID()}`;
    id = (await create(title)).id as string;
  });

  const create = (name: string, parent?: string) =>
    writer.content.createContent({
      type: 'page',
      title: name,
      space: { key: spaceKey },
      body: storage('<p>First</p>'),
      ...(parent === undefined ? {} : { ancestors: [{ id: parent }] }),
    });

  const update = (number: number, value: string) =>
    writer.content.updateContent({ id, type: 'page', title, version: { number }, body: storage(value) });

  it('creates and reads a page', async () => {
    expect(await reader.content.getContentById({ id, expand: ['body.storage', 'version', 'space'] })).toMatchObject({
      id,
      title,
      type: 'page',
      space: { key: spaceKey },
      version: { number: 1 },
      body: storage('<p>First</p>'),
    });
  });

  it('updates a page', async () => {
    await update(2, '<p>Second</p>');
    expect(await reader.content.getContentById({ id, expand: ['body.storage', 'version'] })).toMatchObject({
      version: { number: 2 },
      body: storage('<p>Second</p>'),
    });
  });

  it('is told of a conflict when its version is stale', async () => {
    await update(2, '<p>Second</p>');
    await expect(update(2, '<p>Also second</p>')).rejects.toMatchObject({
      statusCode: 409,
      message: 'Version must be incremented on update. Current version is: 2',
    });
  });

  it('finds a page by its title', async () => {
    const { results } = await reader.content.getContent({ spaceKey, title });
    expect(results.map((page) => page.id)).toEqual([id]);
  });

  it('finds a page by CQL', async () => {
    const cql = `space = ${spaceKey} and title = "${title}"`;
    await until('CQL to find the page', async () => {
      const { results } = await reader.content.searchContentByCQL({ cql });
      return results.length === 1 && results[0]?.id === id;
    });
    const { results } = await reader.search.searchByCQL({ cql });
    expect(results.map((result) => result.content?.id)).toEqual([id]);
  });

  it('lists children and descendants', async () => {
    const child = (await create(`Page ${randomUUID()}`, id)).id as string;
    const grandchild = (await create(`Page ${randomUUID()}`, child)).id as string;
    const family = reader.contentChildrenAndDescendants;
    const children = await family.getContentChildrenByType({ id, type: 'page' });
    expect(children.results.map((page) => page.id)).toEqual([child]);
    const descendants = await family.getDescendantsOfType({ id, type: 'page' });
    expect(descendants.results.map((page) => page.id).toSorted()).toEqual([child, grandchild].toSorted());
  });

  it('sets and removes labels', async () => {
    const labels = ['kept', 'dropped'].map((name) => ({ prefix: 'global', name }));
    await writer.contentLabels.addLabelsToContent({ id, body: labels });
    await writer.contentLabels.removeLabelFromContent({ id, label: 'dropped' });
    const { results } = await reader.contentLabels.getLabelsForContent({ id });
    expect(results.map(({ name }) => name)).toEqual(['kept']);
  });

  it('keeps properties, with versions of their own', async () => {
    const property = { id, key: 'state' };
    await writer.contentProperties.createContentProperty({ ...property, value: { done: false } });
    const change = () =>
      writer.contentProperties.updateContentProperty({ ...property, value: { done: true }, version: { number: 2 } });
    await change();
    expect(await reader.contentProperties.getContentProperty(property)).toMatchObject({
      key: 'state',
      value: { done: true },
      version: { number: 2 },
    });
    await expect(change()).rejects.toMatchObject({ statusCode: 409 });
    await writer.contentProperties.deleteContentProperty(property);
    await expect(reader.contentProperties.getContentProperty(property)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('restricts who may view', async () => {
    const group = [{ type: 'group', name: 'confluence-administrators' }];
    await writer.contentRestrictions.updateRestrictions({
      id,
      body: [{ operation: 'read', restrictions: { group } }],
    });
    expect(await reader.contentRestrictions.getRestrictionsByOperation({ id })).toMatchObject({
      read: { operation: 'read', restrictions: { group: { results: group } } },
    });
    expect(await reader.contentRestrictions.getRestrictionsForOperation({ id, operationKey: 'read' })).toMatchObject({
      restrictions: { group: { results: group }, user: { results: [] } },
    });
  });

  it('watches pages and attachments', async () => {
    const { results } = await writer.contentAttachments.createAttachments({
      id,
      attachments: { filename: 'notes.txt', file: Buffer.from('bytes'), minorEdit: true },
    });
    for (const contentId of [id, results[0]?.id as string]) {
      // The types want what only the Cloud knows; Data Center watches for whoever asks.
      const watch = { contentId, accountId: '', 'X-Atlassian-Token': 'no-check' };
      await writer.contentWatches.addContentWatcher(watch);
      expect(await reader.contentWatches.getContentWatchStatus(watch)).toEqual({ watching: true });
      await writer.contentWatches.removeContentWatcher(watch);
      expect(await reader.contentWatches.getContentWatchStatus(watch)).toEqual({ watching: false });
    }
  });

  it('removes a page', async () => {
    await writer.content.deleteContent({ id });
    await expect(reader.content.getContentById({ id })).rejects.toMatchObject({ statusCode: 404 });
  });
});
