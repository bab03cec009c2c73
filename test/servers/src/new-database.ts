import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own on the run's PostgreSQL. */
export async function newDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['TRIBUTARY_TEST_DATABASE_URL'] as string;
  const name = `spec_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
