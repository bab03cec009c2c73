import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { asServiceError } from './errors.js';
import { prepared } from './prepared.js';

/** Reads of committed data, each statement by itself. A database that is away becomes `unavailable`. */
export class Reads {
  private readonly pool: pg.Pool;

  constructor(source: DataSource) {
    // TypeORM's own query() can't name statements, and planning a page's query costs more than running it.
    this.pool = (source.driver as unknown as { master: pg.Pool }).master;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      const { rows } = await this.pool.query<Row & pg.QueryResultRow>(prepared(sql, parameters));
      return rows;
    } catch (error) {
      throw asServiceError(error);
    }
  }
}
