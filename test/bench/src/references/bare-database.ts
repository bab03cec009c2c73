import pg from 'pg';

const connections = 16;
export const bodyBytes = 8_000;

/** What one write does in these tables: update of 8 kB, insert into the history, insert into an outbox. */
export const writeStatements = (id: number, body: string): { name: string; text: string; values: unknown[] }[] => [
  {
    name: 'update',
    text: 'update bench.content set version = version + 1, body = $2 where id = $1',
    values: [id, body],
  },
  {
    name: 'history',
    text: 'insert into bench.history select id, version, body from bench.content where id = $1',
    values: [id],
  },
  { name: 'outbox', text: 'insert into bench.outbox (payload) values ($1)', values: [{ ids: [id] }] },
];

/** The reference for what the database costs: plain `pg` with prepared statements, in tables like those of the pages service. */
export class BareDatabase {
  private constructor(private readonly pool: pg.Pool) {}

  static async open(databaseUrl: string, rows: number): Promise<BareDatabase> {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
    await pool.query('drop schema if exists bench cascade');
    await pool.query('create schema bench');
    await pool.query('create table bench.content (id int primary key, version int not null, body text not null)');
    await pool.query(
      'create table bench.history (id int not null, version int not null, body text not null, primary key (id, version))',
    );
    await pool.query(
      'create table bench.outbox (sequence bigint generated always as identity primary key, payload jsonb not null)',
    );
    await pool.query(
      'insert into bench.content select id, 1, repeat(md5(id::text), $2::int / 32) from generate_series(1, $1) id',
      [rows, bodyBytes],
    );
    await pool.query('analyze bench.content');
    return new BareDatabase(pool);
  }

  async select(id: number): Promise<void> {
    await this.pool.query({
      name: 'select',
      text: 'select id, version, body from bench.content where id = $1',
      values: [id],
    });
  }

  async update(id: number, body: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      for (const statement of writeStatements(id, body)) await client.query(statement);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.pool.query('drop schema bench cascade');
    await this.pool.end();
  }
}
