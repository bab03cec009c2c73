import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Comments inside of texts: a row for each comment of a thread. The first of a thread says where it stands and how far it got; the marker
 * itself is in the body of what is commented on.
 */
export class InlineComments1732400000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inline_comment (
        content_id bigint primary key references content on delete cascade,
        thread_id bigint not null references content on delete cascade,
        marker_ref text,
        original_selection text,
        status text check (status in ('open', 'resolved', 'reopened')),
        changed_by text,
        changed_at timestamptz,
        check (thread_id <> content_id or (marker_ref is not null and original_selection is not null and status is not null))
      )`);
    await runner.query(`create index inline_comment_thread on inline_comment (thread_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table inline_comment`);
  }
}
