import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import { LoadBalancer, RunningCluster, until } from '@tributary/test-servers';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstration, report } from './subject.js';
import type { DjangoDocumentation } from './django-documentation.js';
import { PublishedSpace, type PublishedPage } from './published-space.js';
import { builtPages, PublishingClient } from './publishing-client.js';
import { Readers } from './readers.js';
import { RepeatedPublication } from './repeated-publication.js';
import { SecondWriter } from './second-writer.js';

const spaceKey = 'AGAIN';
/** Edits that must be acknowledged before the next thing breaks or comes back: the cluster works on in every state. */
const editsBetween = 5;
const recoveryMillisMax = 60_000;

interface Version {
  readonly number: number;
  readonly message: string;
}

describe("Django's documentation, published again through a load balancer while nodes die", () => {
  let cluster: RunningCluster;
  let balancer: LoadBalancer;
  let folder: string;
  let python: string;
  let documentation: DjangoDocumentation;
  let token: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-publication-'));
    ({ python, documentation } = await demonstration());
    cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 });
    balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: spaceKey, name: 'Django' });
    const { json } = await cluster.call(cluster.url, 'POST', '/rest/pat/latest/tokens', { name: 'publisher' });
    token = String(json['rawToken']);
    const first = await publish(cluster.url, { version_comment: 'Publication 1' });
    await first.finish();
  });
  afterAll(async () => {
    await balancer?.stop();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const publish = (url: string, settings: Record<string, string>): Promise<PublishingClient> =>
    PublishingClient.start(python, documentation, { url, spaceKey, credentials: { token }, folder, settings });

  /** Looks pages up by CQL this time, and sends every page and file again, changed or not. */
  const publishAgain = (message: string): Promise<PublishingClient> =>
    publish(balancer.url, {
      version_comment: message,
      page_search_mode: 'search',
      publish_force: '1',
      asset_override: '1',
      cleanup_purge: '1',
      cleanup_from_root: '1',
    });

  it('loses nothing that was acknowledged, shows nothing old, and asks of the client only its own retries', async () => {
    const [, second = ''] = cluster.gateways;
    const before = await pagesOf(second);
    const ids = before.map(({ id }) => id);
    const readers = new Readers(cluster, [...cluster.gateways, balancer.url], ids);
    const writer = new SecondWriter(cluster, second, ids, ({ id, version }) => readers.noteAcknowledged(id, version));
    const publication = new RepeatedPublication(publishAgain);
    readers.start();
    writer.start();
    publication.start();
    try {
      await breakNodes(publication, writer);
      await publication.finish();
    } finally {
      await publication.stop();
      await writer.stop();
      await readers.stop();
    }
    const { retries, seconds, messages } = publication;
    report('published again', { pages: messages.length * ids.length, seconds, retries });

    expect(readers.reads).toBeGreaterThan(100);
    await everyGatewayShowsTheNewest(readers, ids);
    expect({ stale: readers.stale, mixed: readers.mixed }).toEqual({ stale: [], mixed: [] });
    await everyEditIsInItsHistory(writer);
    await everyPublicationIsInTheHistory(second, publication);
    const after = await pagesOf(second);
    expect(after.map(({ title }) => title).toSorted()).toEqual(before.map(({ title }) => title).toSorted());
  });

  it('would notice a page that is older than what was acknowledged', async () => {
    const [page] = await pagesOf(cluster.url);
    const { id, version } = page as PublishedPage;
    const readers = new Readers(cluster, [], [id]);
    readers.noteAcknowledged(id, version.number + 1);
    await readers.read(balancer.url, id);
    expect(readers.stale).toEqual([
      `${id} over ${balancer.url}: version ${version.number} after ${version.number + 1}`,
    ]);
  });

  const pagesOf = async (gateway: string): Promise<PublishedPage[]> =>
    (await new PublishedSpace(cluster, gateway, spaceKey).pages()).filter(({ title }) => title !== 'Django Home');

  /** A gateway, a pages copy and the leader die in turn, and each comes back before the next one goes. */
  async function breakNodes(publication: RepeatedPublication, writer: SecondWriter): Promise<void> {
    const victims = [
      async () => (await cluster.nodes()).find(({ url }) => url === cluster.url),
      async () => (await cluster.nodes()).find(({ service, state }) => service === 'pages' && state === 'running'),
      () => cluster.leader(),
    ];
    for (const find of victims) {
      await publication.inItsMidst();
      const victim = await find();
      if (!victim) throw new Error('There is nothing to kill');
      await cluster.stopNode(victim.nodeId, { kill: true });
      await editsGoOn(writer, `edits without ${victim.nodeId}`);
      await cluster.add(victim.service);
      await editsGoOn(writer, `edits after another ${victim.service} came`);
    }
  }

  async function editsGoOn(writer: SecondWriter, what: string): Promise<void> {
    const enough = writer.acknowledged.length + editsBetween;
    await until(what, () => Promise.resolve(writer.acknowledged.length >= enough), recoveryMillisMax);
  }

  async function everyGatewayShowsTheNewest(readers: Readers, ids: readonly string[]): Promise<void> {
    const gateways = await cluster.gatewayUrls();
    expect(gateways.length).toBe(2);
    for (const address of [...gateways, balancer.url]) {
      const answered = await Promise.all(ids.map((id) => readers.read(address, id)));
      expect({ address, missing: answered.filter((isThere) => !isThere).length }).toEqual({ address, missing: 0 });
    }
  }

  async function everyEditIsInItsHistory({ acknowledged }: SecondWriter): Promise<void> {
    const space = new PublishedSpace(cluster, balancer.url, spaceKey);
    for (const { id, version, storage } of acknowledged) {
      expect({ id, version, storage: await storageOf(space, id, version) }).toEqual({ id, version, storage });
    }
  }

  async function everyPublicationIsInTheHistory(gateway: string, publication: RepeatedPublication): Promise<void> {
    const space = new PublishedSpace(cluster, gateway, spaceKey);
    const ids = new Map((await space.pages()).map(({ title, id }) => [title, id]));
    for (const { title, storage, attachments } of await builtPages(publication.output)) {
      const id = ids.get(title) ?? '';
      const versions = await space.all<Version>(`/rest/api/content/${id}/version?limit=200`);
      for (const message of publication.messages) {
        const number = versions.find((version) => version.message === message)?.number;
        expect({ title, message, number }).toEqual({ title, message, number: expect.any(Number) });
        const kept = canonicalStorage(await storageOf(space, id, number ?? 0));
        expect({ title, message, isSame: kept === canonicalStorage(storage) }).toMatchObject({ isSame: true });
      }
      const found = await space.attachments(id);
      expect({ title, names: found.map((each) => each.title).toSorted() }).toEqual({
        title,
        names: attachments.map(({ name }) => name).toSorted(),
      });
      for (const { name, bytes } of attachments) {
        const path = found.find((each) => each.title === name)?._links.download ?? '';
        expect({ name, isSame: (await space.download(path)).equals(bytes) }).toEqual({ name, isSame: true });
      }
    }
  }

  const storageOf = async (space: PublishedSpace, id: string, version: number): Promise<string> => {
    const path = `/rest/api/content/${id}/version/${version}?expand=content.body.storage`;
    return (await space.get<{ content: { body: { storage: { value: string } } } }>(path)).content.body.storage.value;
  };
});
