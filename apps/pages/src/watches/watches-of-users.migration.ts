import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People look at what they watch: it is found by whose it is. */
export class WatchesOfUsers1732400000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index watch_of_user on watch (user_key, content_id, space_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index watch_of_user`);
  }
}
