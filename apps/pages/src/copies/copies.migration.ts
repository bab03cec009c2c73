import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a run that copies a tree has copied: whoever goes on with it doesn't copy it twice. Goes with the run's last step. */
export class Copies1732400000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table copied_page (
        run_id text not null,
        original_id bigint not null,
        copy_id bigint not null references content on delete cascade,
        has_files boolean not null default false,
        primary key (run_id, original_id)
      )`);
    await runner.query(`create index copied_page_copy on copied_page (copy_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table copied_page`);
  }
}
