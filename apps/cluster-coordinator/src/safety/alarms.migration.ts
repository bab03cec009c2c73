import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last alarms, for those who look later. */
export class Alarms1733200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table cluster.alarm (
         id bigint generated always as identity primary key,
         at timestamptz not null default clock_timestamp(),
         kind text not null,
         node_id text not null,
         text text not null
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table cluster.alarm`);
  }
}
