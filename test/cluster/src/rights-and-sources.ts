import { setTimeout as sleep } from 'node:timers/promises';
import { authorizationOf, restCall } from '@tributary/test-servers';
import { ask, type ServedCluster, storage } from './requests.js';

const rounds = 15;
const enemies = 6;
/** How long somebody may not read a page. */
const shutOutMillis = 150;
const password = 'a password of theirs';
const reader = 'shut-out';

async function done(cluster: ServedCluster, gateway: string, method: string, path: string, body?: unknown) {
  const { status, json } = await ask(cluster, gateway, method, path, body);
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json as { readonly id: string; readonly body?: { readonly view: { readonly value: string } } };
}

interface Place {
  readonly cluster: ServedCluster;
  readonly space: string;
  readonly writeAt: string;
  readonly readAt: string;
}

/** A space of its own, written over the first gateway and read over the last one. */
async function begin(cluster: ServedCluster, space: string): Promise<Place> {
  const [writeAt = '', readAt = ''] = [cluster.gateways[0], cluster.gateways.at(-1)];
  await done(cluster, writeAt, 'POST', '/rest/api/space', { key: space, name: space });
  return { cluster, space, writeAt, readAt };
}

const make = async ({ cluster, writeAt, space }: Place, title: string, value: string): Promise<string> =>
  (
    await done(cluster, writeAt, 'POST', '/rest/api/content', {
      type: 'page',
      title,
      space: { key: space },
      body: storage(value),
    })
  ).id;

const write = ({ cluster, writeAt }: Place, id: string, title: string, version: number, value: string) =>
  done(cluster, writeAt, 'PUT', `/rest/api/content/${id}`, {
    type: 'page',
    title,
    version: { number: version },
    body: storage(value),
  });

/**
 * The "new enemy" (R10): somebody is shut out of a page and then something secret is written into it. The administrator reads it over the same
 * gateway meanwhile, so that it is in that one's caches. Answers how often the one who is shut out has seen a secret.
 */
export async function secretsSeen(cluster: ServedCluster, space: string): Promise<number> {
  const place = await begin(cluster, space);
  const { writeAt, readAt } = place;
  await ask(cluster, writeAt, 'POST', '/rest/api/admin/user', { userName: reader, fullName: reader, password });
  const id = await make(place, 'Shared', 'public');
  const path = `/rest/api/content/${id}?expand=body.view`;
  const restrict = (user: readonly object[]) =>
    done(cluster, writeAt, 'PUT', `/rest/api/content/${id}/restriction`, [
      { operation: 'read', restrictions: { user, group: [] } },
    ]);
  const stopping = new AbortController();
  const [seen, isOver] = [[] as string[], () => stopping.signal.aborted];
  const enemy = async () => {
    while (!isOver()) {
      const { json } = await restCall(authorizationOf(reader, password), `${readAt}${path}`, { method: 'GET' });
      seen.push(JSON.stringify(json));
    }
  };
  const administrator = async () => {
    while (!isOver()) await done(cluster, readAt, 'GET', path);
  };
  let version = 1;
  const writeNext = (value: string) => write(place, id, 'Shared', (version += 1), value);
  const shutOutAndBack = async () => {
    try {
      for (let round = 1; round <= rounds; round += 1) {
        // A change that everybody may see: the readers that ask for it are under way when somebody is shut out.
        await writeNext('public');
        await restrict([{ type: 'known', username: 'admin' }]);
        await writeNext('secret');
        await sleep(shutOutMillis);
        await writeNext('public');
        await restrict([]);
        await sleep(shutOutMillis);
      }
    } finally {
      stopping.abort();
    }
  };
  await Promise.all([shutOutAndBack(), ...Array.from({ length: enemies }, enemy), administrator()]);
  if (!seen.some((answer) => answer.includes('public'))) throw new Error('Nothing was read at all');
  return seen.filter((answer) => answer.includes('secret')).length;
}

/** A page that includes another one (R11): answers how often it was read with an older text than that which was acknowledged before. */
export async function oldTextsIncluded(cluster: ServedCluster, space: string): Promise<number> {
  const place = await begin(cluster, space);
  const source = await make(place, 'Source', 'text 1');
  const including = await make(
    place,
    'Including',
    '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Source" /></ac:link></ac:parameter></ac:structured-macro>',
  );
  const read = async () =>
    (await done(cluster, place.readAt, 'GET', `/rest/api/content/${including}?expand=body.view`)).body?.view.value ??
    '';
  let old = 0;
  for (let version = 1; version <= rounds; version += 1) {
    if (version > 1) await write(place, source, 'Source', version, `text ${version}`);
    // Twice: the second one is served from what the first one left.
    for (const text of [await read(), await read()]) if (!text.includes(`text ${version}`)) old += 1;
  }
  return old;
}
