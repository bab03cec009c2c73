import { outboxTable } from '@tributary/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users, groups, what they prove themselves with, and what they may do on the whole site. */
export class Identity1732400100001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxTable);
    await runner.query(`
      create table account (
        user_key text primary key,
        username text not null,
        display_name text not null,
        email text,
        status text not null default 'active' check (status in ('active', 'disabled')),
        password_hash text not null,
        failed_attempts integer not null default 0,
        failed_at timestamptz,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`create unique index account_username on account (lower(username))`);
    await runner.query(
      `create table user_group (name text primary key, created_at timestamptz not null default now())`,
    );
    await runner.query(`create unique index user_group_name on user_group (lower(name))`);
    await runner.query(`
      create table membership (
        user_key text not null references account on delete cascade,
        group_name text not null references user_group on delete cascade,
        primary key (user_key, group_name)
      )`);
    await runner.query(`create index membership_of_group on membership (group_name)`);
    // Secrets are random and long, so a plain digest of them is enough to find and to check them.
    await runner.query(`
      create table session (
        digest text primary key,
        user_key text not null references account on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await runner.query(`create index session_of_user on session (user_key)`);
    await runner.query(`
      create table access_token (
        id bigint generated always as identity primary key,
        digest text not null unique,
        user_key text not null references account on delete cascade,
        name text not null,
        created_at timestamptz not null default now(),
        last_accessed_at timestamptz,
        expires_at timestamptz
      )`);
    await runner.query(`create unique index access_token_name on access_token (user_key, lower(name))`);
    await runner.query(`
      create table global_permission (
        subject_kind text not null check (subject_kind in ('user', 'group', 'anonymous')),
        subject text not null,
        permission text not null,
        primary key (permission, subject_kind, subject)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'global_permission',
      'access_token',
      'session',
      'membership',
      'user_group',
      'account',
      'outbox',
    ]) {
      await runner.query(`drop table ${table}`);
    }
  }
}
