import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators set for the whole cluster, and a record of each thing that they did. */
export class Administration1732800800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit', 'site_mode']) await runner.query(`drop table cluster.${table}`);
  }
}

const tables = [
  // `upgrade_from` is the cluster's version when a rolling upgrade began; null when there is none.
  `create table cluster.site_mode (
    is_only boolean primary key default true check (is_only),
    access_mode text not null default 'READ_WRITE' check (access_mode in ('READ_WRITE', 'READ_ONLY')),
    banner text,
    upgrade_from text
  )`,
  `insert into cluster.site_mode default values`,
  `create table cluster.audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    user_key text,
    username text not null,
    action text not null,
    target text,
    node_id text,
    outcome text not null check (outcome in ('asked', 'done', 'failed')),
    reason text
  )`,
];
