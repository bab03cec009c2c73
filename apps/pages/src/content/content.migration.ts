import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Contents and their versions. Ids are odd: attachments, which share Confluence's id space, take the even ones. The body of
 * every version, the current one too, is a row of `content_version`, so an update writes a body once and never rewrites one.
 */
export class Content1732400000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create sequence content_id increment by 2 start with 65537`);
    await runner.query(`
      create table content (
        id bigint primary key default nextval('content_id'),
        type text not null check (type in ('page', 'blogpost', 'comment')),
        status text not null check (status in ('current', 'draft', 'trashed')),
        space_id bigint not null references space on delete cascade,
        title text not null,
        title_key text not null,
        parent_id bigint,
        container_id bigint references content on delete cascade,
        position double precision,
        posting_day date,
        version integer not null default 1,
        created_by text,
        created_at timestamptz not null default now()
      )`);
    await runner.query(
      `create unique index content_page_title on content (space_id, title_key) where type = 'page' and status = 'current'`,
    );
    await runner.query(
      `create unique index content_blogpost_title on content (space_id, posting_day, title_key) where type = 'blogpost' and status = 'current'`,
    );
    await runner.query(
      `create index content_children on content (parent_id, position, title_key) where status = 'current'`,
    );
    await runner.query(`create index content_of_space on content (space_id, type, status, id)`);
    await runner.query(
      `create index content_roots on content (space_id, position, title_key) where parent_id is null and status = 'current'`,
    );
    await runner.query(`create index content_title on content (title_key)`);
    await runner.query(`create index content_container on content (container_id) where container_id is not null`);
    await runner.query(`
      create table content_version (
        content_id bigint not null references content on delete cascade,
        number integer not null,
        title text not null,
        body text not null,
        changed_by text,
        changed_at timestamptz not null default now(),
        message text not null default '',
        minor_edit boolean not null default false,
        primary key (content_id, number)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table content_version`);
    await runner.query(`drop table content`);
    await runner.query(`drop sequence content_id`);
  }
}
