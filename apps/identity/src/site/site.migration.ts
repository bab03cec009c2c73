import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the site is called, and the code that opens its first set-up while nobody has set it up. */
export class Site1732400100002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table site (
        is_only boolean primary key default true check (is_only),
        name text not null,
        setup_code text
      )`);
    await runner.query(`insert into site (name) values ('Tributary')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table site`);
  }
}
