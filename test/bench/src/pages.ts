import { Agent, request } from 'node:http';
import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond } from './load.js';
import { bodyBytes } from './references/bare-database.js';

const sentence = 'The coordinator pins what a write changes before it commits, so that no reader sees the old again. ';

/** A body of about 8 kB as people write: headings, paragraphs, a table, a panel. */
export function pageBody(seed: number): string {
  const table = '<table><tbody><tr><th>Key</th><td>Value</td></tr><tr><th>Lease</th><td>3 s</td></tr></tbody></table>';
  const panel = `<ac:structured-macro ac:name="info"><ac:rich-text-body><p>Note ${seed}.</p></ac:rich-text-body></ac:structured-macro>`;
  const part = `<h2>Part ${seed}</h2><p>${sentence.repeat(8)}</p>${table}${panel}`;
  return part.repeat(Math.floor(bodyBytes / part.length));
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request with as little work for the client as can be: it shares the machine with what is measured. */
export async function ask(
  base: string,
  method: string,
  path: string,
  authorization: string,
  body?: unknown,
): Promise<Buffer> {
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return await new Promise((resolve, reject) => {
    const headers = {
      authorization,
      ...(payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {}),
    };
    const asked = request(new URL(path, base), { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const all = Buffer.concat(chunks);
        if (answer.statusCode === 200) resolve(all);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${all.toString('utf8').slice(0, 300)}`));
      });
    });
    asked.on('error', reject);
    asked.end(payload);
  });
}

/** Creates a space with that many pages; returns their ids. */
export async function createPages(cluster: RunningCluster, key: string, count: number): Promise<string[]> {
  const { administrator, gateways } = cluster;
  await ask(cluster.url, 'POST', '/rest/api/space', administrator, { key, name: key });
  const ids: string[] = [];
  const numbers = Array.from({ length: count }, (_, index) => index);
  await itemsPerSecond(numbers, 16, async (number) => {
    const base = gateways[number % gateways.length] as string;
    const made = await ask(base, 'POST', '/rest/api/content', administrator, {
      type: 'page',
      title: `Page ${number}`,
      space: { key },
      body: { storage: { value: pageBody(number), representation: 'storage' } },
    });
    ids.push((JSON.parse(made.toString('utf8')) as { id: string }).id);
  });
  return ids;
}

/** Writes the version of a page that has this number, over the gateway at `base`. */
export async function writePage(
  cluster: RunningCluster,
  base: string,
  id: string,
  number: number,
  seed = number,
): Promise<void> {
  const body = { storage: { value: pageBody(seed), representation: 'storage' } };
  const change = { type: 'page', version: { number }, body };
  await ask(base, 'PUT', `/rest/api/content/${id}`, cluster.administrator, change);
}
