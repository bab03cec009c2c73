import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { asServiceError } from './errors.js';
import { poolOf } from './pool.js';
import { prepared } from './prepared.js';
import { tracedStatement } from './traced-statement.js';

/** Reads of committed data, each statement by itself. A database that is away becomes `unavailable`. */
export class Reads {
  private readonly pool: pg.Pool;

  constructor(source: DataSource) {
    this.pool = poolOf(source);
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      const statement = prepared(sql, parameters);
      const { rows } = await tracedStatement(sql, () => this.pool.query<Row & pg.QueryResultRow>(statement));
      return rows;
    } catch (error) {
      throw asServiceError(error);
    }
  }
}
