import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Labels1732400000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table label (
        id bigint generated always as identity primary key,
        prefix text not null,
        name text not null,
        unique (name, prefix)
      )`);
    await runner.query(`
      create table content_label (
        content_id bigint not null references content on delete cascade,
        label_id bigint not null references label,
        created_by text,
        created_at timestamptz not null default now(),
        primary key (content_id, label_id)
      )`);
    await runner.query(`create index content_label_by_label on content_label (label_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table content_label`);
    await runner.query(`drop table label`);
  }
}
