import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadBalancer, until } from '@tributary/test-servers';

/** What plays a gateway takes requests to the end of their bodies, and then does this. */
type Ending = 'answers' | 'dies' | 'says 503' | 'dies once' | 'says 503 once';

/** Two that play gateways, and how many requests both took. */
class PlayedGateways {
  taken = 0;
  ending: Ending = 'answers';
  private constructor(readonly servers: readonly Server[]) {}

  static async start(): Promise<PlayedGateways> {
    const gateways = new PlayedGateways([createServer(), createServer()]);
    for (const [index, server] of gateways.servers.entries()) {
      server.on('request', gateways.takenBy(`gateway-${index}`));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    return gateways;
  }

  get urls(): string[] {
    return this.servers.map((server) => `http://127.0.0.1:${(server.address() as { port: number }).port}`);
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }

  private takenBy(node: string): RequestListener {
    return (request, response) => {
      request.resume().once('end', () => {
        if (request.url !== '/status') this.taken += 1;
        response.setHeader('x-tributary-node', node);
        const ending = request.url === '/status' ? 'answers' : this.ending;
        if (ending.endsWith('once')) this.ending = 'answers';
        if (ending.startsWith('dies')) request.socket.destroy();
        else response.writeHead(ending.startsWith('says 503') ? 503 : 200).end();
      });
    };
  }
}

describe.each(['haproxy', 'nginx'] as const)('%s', (kind) => {
  let folder: string;
  let gateways: PlayedGateways;
  let balancer: LoadBalancer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-balancer-'));
    gateways = await PlayedGateways.start();
    balancer = await LoadBalancer.start(kind, gateways.urls, folder);
  });
  afterAll(async () => {
    await balancer.stop();
    await gateways.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A load balancer that has seen a gateway fail leaves it out for a while. */
  const bothAreAsked = async (): Promise<void> => {
    gateways.ending = 'answers';
    const asked = new Set<string | null>();
    await until('both gateways to be asked', async () => {
      const answer = await fetch(`${balancer.url}/rest/api/space`).catch(() => undefined);
      if (answer?.ok) asked.add(answer.headers.get('x-tributary-node'));
      return asked.size === 2;
    });
  };

  async function ask(method: string, ending: Ending): Promise<{ status: number | 'closed'; taken: number }> {
    await bothAreAsked();
    gateways.ending = ending;
    gateways.taken = 0;
    const body = method === 'PUT' || method === 'POST' ? JSON.stringify({ title: 'A page' }) : null;
    const status = await fetch(`${balancer.url}/rest/api/content/1`, { method, body }).then(
      (answer) => answer.status,
      () => 'closed' as const,
    );
    return { status, taken: gateways.taken };
  }

  it.each(['GET', 'PUT', 'POST', 'DELETE'])('brings a %s to a gateway', async (method) => {
    expect(await ask(method, 'answers')).toEqual({ status: 200, taken: 1 });
  });

  it.each(['PUT', 'POST', 'DELETE'])('never repeats a %s that a gateway took', async (method) => {
    const { status, taken } = await ask(method, 'dies');
    expect(kind === 'nginx' ? [502] : [502, 'closed']).toContain(status);
    expect(taken).toBe(1);
    expect(await ask(method, 'says 503')).toEqual({ status: 503, taken: 1 });
  });

  it('asks another gateway to read when one dies or says 503', async () => {
    expect(await ask('GET', 'dies once')).toEqual({ status: 200, taken: 2 });
    expect(await ask('GET', 'says 503 once')).toEqual({ status: 200, taken: 2 });
  });
});
