import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { defineEvent, defineRequest } from '@tributary/contracts';
import { createLogger } from '@tributary/platform';
import { z } from 'zod';
import { MessagingClient } from './client.js';
import { natsAddress } from './connection.js';
import { consumeEvent, ensureEventStream, publishEvent, type EventConsumer } from './events.js';
import { Handle, MessagingServer } from './server.js';

/** Subjects of this run: the server is shared. */
const run = randomBytes(6).toString('hex');
const logger = createLogger({ logLevel: 'silent', service: 'search', nodeId: 'search-1' });
const Reply = z.object({ got: z.unknown() });

/** One request, as three versions in a row declare it. */
const older = defineRequest('search', `${run}.find`, { request: z.object({ text: z.string() }), reply: Reply });
const newer = defineRequest('search', `${run}.find`, {
  request: z.object({ text: z.string(), language: z.string().default('en') }),
  reply: Reply,
});

let connection: NatsConnection;
beforeEach(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
  await ensureEventStream(connection, 1);
});
const consumers: EventConsumer[] = [];
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  await connection.close();
});

/** A copy of a service that was built with this contract, and answers what its handler gets. */
async function serve(contract: typeof older, version: number): Promise<MessagingServer> {
  class Echo {
    @Handle(contract)
    echo(got: unknown) {
      return Promise.resolve({ got });
    }
  }
  const server = new MessagingServer(connection, 'search', logger, version);
  server.addHandler(contract.subject, (input: unknown) => new Echo().echo(input));
  server.listen(() => undefined);
  await connection.flush();
  return server;
}

describe('a request', () => {
  const contract = defineRequest('search', `${run}.work`, { request: z.object({}), reply: Reply });
  const copy = (name: string): MessagingServer => {
    const server = new MessagingServer(connection, 'search', logger);
    server.addHandler(contract.subject, () => Promise.resolve({ got: name }));
    server.listen(() => undefined);
    return server;
  };

  it('is left to another copy by one that can not work, and done as well as can be when none can', async () => {
    const [well, unwell] = [copy('well'), copy('unwell')];
    unwell.passOnWhile(() => true);
    await connection.flush();
    const client = new MessagingClient(connection);
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.request(contract, {})));
    const byUnwell = answers.filter(({ got }) => got === 'unwell').length;
    // One of 512 comes back to it again and again.
    expect(byUnwell).toBeLessThan(10);
    well.passOnWhile(() => true);
    expect(['well', 'unwell']).toContain((await client.request(contract, {})).got);
    await Promise.all([well.close(), unwell.close()]);
  });
});

describe('a request between two versions', () => {
  it('brings the older one only what it knows', async () => {
    const server = await serve(older, 1);
    const answer = await new MessagingClient(connection, 2).request(newer, { text: 'a', language: 'ja' });
    expect(answer).toEqual({ got: { text: 'a' } });
    await server.close();
  });

  it('brings the newer one a default for what the older one does not send', async () => {
    const server = await serve(newer as unknown as typeof older, 2);
    expect(await new MessagingClient(connection, 1).request(older, { text: 'a' })).toEqual({
      got: { text: 'a', language: 'en' },
    });
    await server.close();
  });

  it('is refused with an honest error when the versions are not neighbours', async () => {
    const server = await serve(older, 1);
    await expect(new MessagingClient(connection, 3).request(newer, { text: 'a' })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Version 3 of the contracts is too far from version 1 to work together',
    });
    await server.close();
  });
});

describe('events of a newer version', () => {
  const known = defineEvent('pages', `${run}known`, z.object({ ids: z.array(z.string()) }));
  const added = defineEvent('pages', `${run}added`, z.object({ id: z.string() }));

  /** A copy that consumes these events, and what it got. */
  function copy<T extends typeof known | typeof added>(event: T) {
    const got: unknown[] = [];
    const consumer = consumeEvent(connection, { consumer: run, event, replicas: 1, logger }, async (batch) => {
      got.push(...batch);
    });
    consumers.push(consumer);
    return { got, stop: () => consumer.stop() };
  }
  const publish = (subject: string, payload: unknown) =>
    publishEvent(connection, { id: randomBytes(8).toString('hex'), subject, payload });
  const until = async (holds: () => boolean) => {
    for (const end = Date.now() + 10_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 20)))
      if (Date.now() > end) throw new Error('It did not happen within 10 s');
  };

  it('lose what the older one does not know, and none of them is lost', async () => {
    // The older copy knows one kind. The newer one came and went, and comes again: a rollback, then the second try.
    const one = copy(known);
    const first = copy(added);
    await publish(known.subject, { ids: ['1'], cause: 'a newer field' });
    await publish(added.subject, { id: '2' });
    await until(() => one.got.length === 1 && first.got.length === 1);
    await first.stop();
    await publish(added.subject, { id: '3' });
    await publish(known.subject, { ids: ['4'] });
    await until(() => one.got.length === 2);
    const second = copy(added);
    await until(() => second.got.length === 1);
    expect([one.got, first.got, second.got]).toEqual([[{ ids: ['1'] }, { ids: ['4'] }], [{ id: '2' }], [{ id: '3' }]]);
  });

  it('that can not be read do not keep back those that can', async () => {
    await publish(known.subject, { nothing: 'that it knows' });
    await publish(known.subject, { ids: ['5'] });
    const one = copy(known);
    await until(() => one.got.some((payload) => (payload as { ids: string[] }).ids[0] === '5'));
    const manager = await jetstreamManager(connection);
    const durable = `${run}-${known.subject.replaceAll('.', '-')}`;
    expect((await manager.consumers.info('tributary-events', durable)).num_redelivered).toBe(0);
  });
});
