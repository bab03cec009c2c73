import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Likes1732400000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table content_like (
        content_id bigint not null references content on delete cascade,
        user_key text not null,
        created_at timestamptz not null default now(),
        primary key (content_id, user_key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table content_like`);
  }
}
