import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which cluster has this database (docs/decisions/012). Every write of every service asks for this row, in its own transaction; only
 * coordinators change it.
 */
export class Holder1733100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table cluster.holder (
        is_only boolean primary key default true check (is_only),
        cluster_id uuid not null default gen_random_uuid(),
        epoch bigint not null default 0,
        store bigint,
        beat bigint not null default 0,
        hold_millis integer not null default 0,
        nodes text[] not null default '{}',
        renewed_at timestamptz
      )`,
    );
    await runner.query(`insert into cluster.holder default values`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table cluster.holder`);
  }
}
