import { until } from '@tributary/test-servers';
import { sampleCluster } from './sample-cluster.js';
import { RestClient } from './sample-wiki.js';

const { gateways, administrator } = sampleCluster();
export const rest = new RestClient(
  gateways[1],
  `Basic ${Buffer.from(`${administrator.username}:${administrator.password}`).toString('base64')}`,
);

let count = 0;

/** Makes a page in a space of its own, for a test that writes; answers its id. */
export async function ownPage(title: string, body: string): Promise<string> {
  count += 1;
  const key = `OWN${process.pid}X${Date.now().toString(36)}${count}`;
  await rest.send('POST', '/rest/api/space', { key, name: `Space of ${title}` });
  const page = await rest.send<{ id: string }>('POST', '/rest/api/content', {
    type: 'page',
    title,
    space: { key },
    body: { storage: { value: body, representation: 'storage' } },
  });
  return page.id;
}

/** The key of the space that a page is in. */
export async function spaceKeyOf(id: string): Promise<string> {
  return (await rest.send<{ space: { key: string } }>('GET', `/rest/api/content/${id}?expand=space`)).space.key;
}

/** The search index follows what is written. */
export async function isFound(title: string): Promise<void> {
  const path = `/rest/api/content/search?${new URLSearchParams({ cql: `title ~ "${title}"` }).toString()}`;
  await until('the index to find it', async () => {
    return (await rest.send<{ results: unknown[] }>('GET', path)).results.length > 0;
  });
}
