import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an author has changed of a content and not published: one a content and author. A content never published is a draft itself. */
export class Drafts1732400000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table draft (
        content_id bigint not null references content on delete cascade,
        user_key text not null,
        title text not null,
        body text not null,
        version integer not null,
        revision integer not null default 1,
        session text not null,
        saved_at timestamptz not null default now(),
        primary key (user_key, content_id)
      )`);
    await runner.query(`create index draft_of_content on draft (content_id)`);
    await runner.query(`create index draft_saved on draft (saved_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table draft`);
  }
}
