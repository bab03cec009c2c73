import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Long tasks are runs in the coordinator's ledger. */
export class LongTasks1732400000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table long_task`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table long_task (
        id uuid primary key default gen_random_uuid(),
        name text not null,
        started_by text,
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        successful boolean,
        message text not null default ''
      )`);
  }
}
