import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a content was put into the trash, for how long it stays there. What lies there already begins to count now. */
export class Trash1732400000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table content add trashed_at timestamptz`);
    await runner.query(`update content set trashed_at = now() where status = 'trashed'`);
    await runner.query(`create index content_trashed on content (trashed_at) where status = 'trashed'`);
    await runner.query(`create index content_draft on content (id) where status = 'draft'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index content_draft`);
    await runner.query(`alter table content drop trashed_at`);
  }
}
