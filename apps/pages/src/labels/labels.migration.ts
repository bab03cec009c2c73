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

/** Labels with the prefix `my` are each one's own: the same name is another label for another user. */
export class PersonalLabels1732400000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table label add column owner text not null default ''`);
    await runner.query(`alter table label drop constraint label_name_prefix_key`);
    await runner.query(`alter table label add unique (name, prefix, owner)`);
    // Until now they were everybody's; whoever added one first keeps it.
    await runner.query(`
      update label l set owner = coalesce((
        select created_by from content_label where label_id = l.id order by created_at limit 1), 'nobody')
      where prefix = 'my'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from content_label where label_id in (select id from label where owner <> '')`);
    await runner.query(`delete from label where owner <> ''`);
    await runner.query(`alter table label drop column owner`);
    await runner.query(`alter table label add unique (name, prefix)`);
  }
}
