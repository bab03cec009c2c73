import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents of the PostgreSQL index; all of it can be made anew from the owners. */
export class SearchIndex1732400300001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table document (
        id bigint primary key,
        type text not null,
        status text not null,
        title text not null,
        title_key text not null,
        space_key text not null,
        space_name text not null,
        space_type text not null,
        parent_id bigint,
        ancestor_ids bigint[] not null,
        container_id bigint,
        labels text[] not null,
        macros text[] not null,
        creator_key text,
        contributor_keys text[] not null,
        created_at timestamptz not null,
        last_modified timestamptz not null,
        version integer not null,
        properties jsonb not null,
        webui text not null,
        text text not null,
        title_vector tsvector not null,
        text_vector tsvector not null
      )`);
    for (const column of ['title_vector', 'text_vector', 'ancestor_ids', 'labels', 'macros']) {
      await runner.query(`create index document_${column} on document using gin (${column})`);
    }
    await runner.query(`create index document_space on document (lower(space_key), type)`);
    await runner.query(`create index document_title on document (title_key)`);
    await runner.query(`create index document_parent on document (parent_id)`);
    await runner.query(`create index document_modified on document (last_modified desc, id)`);
    await runner.query(`create table index_state (name text primary key, built_at timestamptz not null default now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table index_state`);
    await runner.query(`drop table document`);
  }
}
