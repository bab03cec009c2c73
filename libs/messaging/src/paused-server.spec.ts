import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { defineRequest } from '@tributary/contracts';
import { createLogger } from '@tributary/platform';
import { until } from '@tributary/test-servers';
import { z } from 'zod';
import { MessagingClient } from './client.js';
import { natsAddress } from './connection.js';
import { MessagingServer } from './server.js';

const logger = createLogger({ logLevel: 'silent', service: 'search', nodeId: 'search-1' });
const contract = defineRequest('search', `${randomBytes(6).toString('hex')}.write`, {
  request: z.object({ pauseMillis: z.number().default(0), name: z.string() }),
  reply: z.object({ done: z.string() }),
});

let connections: NatsConnection[];
let server: MessagingServer;
let client: MessagingClient;
/** Writes that were carried out. */
const done: string[] = [];

beforeEach(async () => {
  const address = natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string);
  connections = [await connect(address), await connect(address)];
  const [own, theirs] = connections as [NatsConnection, NatsConnection];
  client = new MessagingClient(theirs);
  server = new MessagingServer(own, 'search', logger);
  done.length = 0;
  server.addHandler(contract.subject, ({ pauseMillis, name }: { pauseMillis: number; name: string }) => {
    // Nothing runs and nothing is read meanwhile, as in a process that is stopped.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMillis);
    done.push(name);
    return Promise.resolve({ done: name });
  });
  server.listen(() => undefined);
  await own.flush();
});
afterEach(async () => {
  await server.close();
  await Promise.all(connections.map((connection) => connection.close()));
});

const write = (name: string, deadlineMillis: number, pauseMillis = 0) =>
  client.request(contract, { name, pauseMillis }, { deadlineMillis });

describe('a process that was paused', () => {
  it('does not carry out what waited for it longer than its caller did, and does all else', async () => {
    const paused = write('paused', 9_000, 1_200);
    const [over, patient] = await Promise.allSettled([write('over', 600), write('patient', 9_000), paused]);
    expect(over).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    expect(patient).toMatchObject({ status: 'fulfilled' });
    expect(done.toSorted()).toEqual(['patient', 'paused']);
    // When it has read what was there, short deadlines are long enough again.
    await until('a request with a short deadline to be done', () =>
      write('later', 600).then(
        () => true,
        () => false,
      ),
    );
  });
});
