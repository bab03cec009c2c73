import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { administration } from '@tributary/contracts';
import { connectNats, MessagingClient } from '@tributary/messaging';
import { createLogger, ProcessLife, readServiceConfig } from '@tributary/platform';
import type { StaleEntry } from '../cache-audit.js';
import type { ClusterMember } from '../member.js';
import { NodeAgent } from './node-agent.js';

const config = readServiceConfig({
  TRIBUTARY_SERVICE: 'gateway',
  TRIBUTARY_NATS_URL: process.env['TRIBUTARY_TEST_NATS_URL'],
  TRIBUTARY_LOG_LEVEL: 'silent',
});
const logger = createLogger(config);
const contract = administration.auditCachesOf(config.nodeId);

let connection: NatsConnection;
let agent: NodeAgent;

beforeEach(async () => {
  connection = await connectNats(config, logger);
  agent = new NodeAgent({ connection, config, logger, address: 'http://127.0.0.1:1', life: new ProcessLife() });
});

afterEach(async () => {
  agent.stop();
  await connection.close();
});

/** A membership of which only the audit is asked. */
const auditedBy = (audit: () => Promise<StaleEntry[]>): ClusterMember =>
  ({ audit, status: () => ({ caches: [], audits: [] }) }) as unknown as ClusterMember;

const ask = async (subject: string, payload: string): Promise<[string | undefined, unknown]> => {
  const answer = await connection.request(subject, payload, { timeout: 2_000 });
  return [answer.headers?.get('Tributary-Error') || undefined, answer.json()];
};

describe('a process that is told something', () => {
  it.each([
    ['what is no JSON', 'nonsense'],
    ['what it does not know', '{"of":"a newer version"}'],
    ['more than it can do', JSON.stringify({ entriesMax: 1_000 })],
  ])('answers an error to an audit that asks %s, and lives on', async (_what, payload) => {
    expect(await ask(contract.subject, payload)).toEqual(['badRequest', expect.anything()]);
    expect(await new MessagingClient(connection).request(contract, { entriesMax: 1 })).toEqual({
      compared: 0,
      stale: [],
    });
  });

  it('answers an error when its own audit fails, and lives on', async () => {
    agent.follow(auditedBy(() => Promise.reject(new Error('a defect'))));
    const asked = new MessagingClient(connection).request(contract, { entriesMax: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'internal', message: 'An unexpected error occurred' });
  });

  it.each(['nonsense', '{"command":"of a newer version"}'])('refuses the command %s', async (payload) => {
    const [, reply] = await ask(administration.nodeCommandOf(config.nodeId).subject, payload);
    expect(reply).toEqual({ flushed: [], refusal: 'This version does not know the command' });
  });
});
