import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was created under a key of its sender, who may ask for it again: the answer may have been lost. */
export class CreatedOnce1732400000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table created_once (
        user_key text not null,
        key text not null,
        content_id bigint not null references content on delete cascade,
        created_at timestamptz not null default now(),
        primary key (user_key, key)
      )`);
    await runner.query(`create index created_once_content on created_once (content_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table created_once`);
  }
}
