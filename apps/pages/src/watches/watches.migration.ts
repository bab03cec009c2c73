import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Watches1732400000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table watch (
        id bigint generated always as identity primary key,
        user_key text not null,
        content_id bigint references content on delete cascade,
        space_id bigint references space on delete cascade,
        content_type text not null default '',
        created_at timestamptz not null default now(),
        check (num_nonnulls(content_id, space_id) = 1)
      )`);
    await runner.query(
      `create unique index watch_of_content on watch (content_id, user_key) where content_id is not null`,
    );
    await runner.query(
      `create unique index watch_of_space on watch (space_id, user_key, content_type) where space_id is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table watch`);
  }
}
