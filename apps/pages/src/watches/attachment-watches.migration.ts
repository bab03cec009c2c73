import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attachments are watched, too. They live in another schema: a watch of one that is gone is found by nobody. */
export class AttachmentWatches1732400000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table watch add column attachment_id bigint`);
    await runner.query(`alter table watch drop constraint watch_check`);
    await runner.query(
      `alter table watch add constraint watch_check check (num_nonnulls(content_id, space_id, attachment_id) = 1)`,
    );
    await runner.query(
      `create unique index watch_of_attachment on watch (attachment_id, user_key) where attachment_id is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from watch where attachment_id is not null`);
    await runner.query(`alter table watch drop constraint watch_check`);
    await runner.query(`alter table watch add constraint watch_check check (num_nonnulls(content_id, space_id) = 1)`);
    await runner.query(`alter table watch drop column attachment_id`);
  }
}
