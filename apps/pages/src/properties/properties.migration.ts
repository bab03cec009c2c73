import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Properties1732400000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // json, not jsonb: a client gets back the value as it wrote it, its keys in its order.
    await runner.query(`
      create table property (
        id bigint generated always as identity primary key,
        content_id bigint references content on delete cascade,
        space_id bigint references space on delete cascade,
        key text not null,
        value json not null,
        version integer not null default 1,
        changed_by text,
        changed_at timestamptz not null default now(),
        check (num_nonnulls(content_id, space_id) = 1)
      )`);
    await runner.query(
      `create unique index property_of_content on property (content_id, key) where content_id is not null`,
    );
    await runner.query(`create unique index property_of_space on property (space_id, key) where space_id is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table property`);
  }
}
