import type pg from 'pg';
import type { DataSource } from 'typeorm';

/**
 * The driver's pool under TypeORM, whose own `query` can't name statements: planning a page's query costs more than running it.
 */
export const poolOf = (source: DataSource): pg.Pool => (source.driver as unknown as { master: pg.Pool }).master;
