import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which editors are open: leases that nobody misses when the database restarts, so they aren't logged. */
export class Editing1732400000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table editing (
        content_id bigint not null,
        user_key text not null,
        session text not null,
        seen_at timestamptz not null default now(),
        primary key (content_id, user_key, session)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table editing`);
  }
}
