import { outboxTable } from '@tributary/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files on contents and all their versions; the bytes lie in the object store. Ids are even: contents have the odd ones. */
export class Attachments1732400200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxTable);
    await runner.query(`create sequence attachment_id increment by 2 start with 65538`);
    await runner.query(`
      create table attachment (
        id bigint primary key default nextval('attachment_id'),
        container_id bigint not null,
        file_name text not null,
        status text not null default 'current' check (status in ('current', 'trashed')),
        version integer not null default 1,
        created_by text,
        created_at timestamptz not null default now()
      )`);
    await runner.query(
      `create unique index attachment_name on attachment (container_id, file_name) where status = 'current'`,
    );
    await runner.query(`create index attachment_container on attachment (container_id)`);
    await runner.query(`
      create table attachment_version (
        attachment_id bigint not null references attachment on delete cascade,
        number integer not null,
        object_key text not null,
        size_bytes bigint not null,
        sha256 text not null,
        media_type text not null,
        comment text not null default '',
        minor_edit boolean not null default false,
        changed_by text,
        changed_at timestamptz not null default now(),
        primary key (attachment_id, number)
      )`);
    await runner.query(`create index attachment_version_object on attachment_version (object_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table attachment_version`);
    await runner.query(`drop table attachment`);
    await runner.query(`drop sequence attachment_id`);
    await runner.query(`drop table outbox`);
  }
}
