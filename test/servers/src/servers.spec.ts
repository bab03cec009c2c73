import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import pg from 'pg';

describe('the servers of a test run', () => {
  it('are a PostgreSQL whose user may create databases', async () => {
    const client = new pg.Client({ connectionString: process.env['TRIBUTARY_TEST_DATABASE_URL'] });
    await client.connect();
    try {
      await client.query('create database servers_spec');
      const { rows } = await client.query<{ sorted: string }>(
        `select string_agg(lower(name), ',' order by lower(name)) as sorted from (values ('É'), ('b'), ('A')) t(name)`,
      );
      expect(rows[0]?.sorted).toBe('a,b,é');
    } finally {
      await client.end();
    }
  });

  it('are a nats-server with JetStream and payloads of 8 MB', async () => {
    const { hostname, port } = new URL(process.env['TRIBUTARY_TEST_NATS_URL'] as string);
    const socket = connect({ host: hostname, port: Number(port), timeout: 5_000 });
    const greeting = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => resolve(data.toString('utf8')));
      socket.once('error', reject);
    });
    socket.destroy();
    const info = JSON.parse(greeting.replace(/^INFO /, '')) as { jetstream: boolean; max_payload: number };
    expect(info).toMatchObject({ jetstream: true, max_payload: 8 * 1024 * 1024 });
  });
});
