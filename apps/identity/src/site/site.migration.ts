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

/** The language of readers who ask for none that the wiki has. */
export class SiteLanguage1732400100003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table site add column language text not null default 'en'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table site drop column language`);
  }
}
