import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `content.links`: what the newest version names, as `linkNames` says; of version `links_version`, behind which a content lags until the job
 * `pages.link-index` comes by when an older copy of this service wrote it. `former_title`: the titles that a page had in a space.
 */
export class Links1732400000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table content add column links text[], add column links_version integer not null default 0`,
    );
    await runner.query(`create index content_links on content using gin (links) where links is not null`);
    await runner.query(`
      create table former_title (
        space_id bigint not null references space on delete cascade,
        title_key text not null,
        content_id bigint not null references content on delete cascade,
        primary key (space_id, title_key)
      )`);
    await runner.query(`create index former_title_content on former_title (content_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table former_title`);
    await runner.query(`alter table content drop column links, drop column links_version`);
  }
}
