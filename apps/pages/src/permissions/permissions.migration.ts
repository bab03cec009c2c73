import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Restrictions of single contents, and the one place that says who may view what. Every query that reads, lists, counts or
 * links to contents for somebody goes through `may_view`; `may_in_space` is its part for a whole space.
 */
export class Permissions1732400000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table restriction (
        content_id bigint not null references content on delete cascade,
        operation text not null check (operation in ('read', 'update')),
        subject_kind text not null check (subject_kind in ('user', 'group')),
        subject text not null,
        primary key (content_id, operation, subject_kind, subject)
      )`);
    // Super-users (is_super) see everything, as Confluence's administrators group does: someone must be able to repair rights.
    await runner.query(`
      create function may_in_space(
        in_space bigint, target text, operation text, actor_key text, actor_groups text[], is_super boolean
      ) returns boolean language sql stable as $$
        select is_super or exists (
          select 1 from space_permission p
          where p.space_id = in_space and p.target_type = target and p.operation_key = operation
            and ((p.subject_kind = 'anonymous' and actor_groups is not null)
              or (p.subject_kind = 'user' and p.subject = actor_key)
              or (p.subject_kind = 'group' and p.subject = any(actor_groups))))
      $$`);
    // Every operation of an actor at once, for deciding about one content: one plan instead of one for each operation.
    await runner.query(`
      create function granted_operations(in_space bigint, actor_key text, actor_groups text[])
      returns text[] language sql stable as $$
        select array(
          select distinct p.target_type || ' ' || p.operation_key from space_permission p
          where p.space_id = in_space
            and ((p.subject_kind = 'anonymous' and actor_groups is not null)
              or (p.subject_kind = 'user' and p.subject = actor_key)
              or (p.subject_kind = 'group' and p.subject = any(actor_groups))))
      $$`);
    await runner.query(`
      create function is_restricted(node bigint, restricted_operation text, actor_key text, actor_groups text[])
      returns boolean language sql stable as $$
        select exists (select 1 from restriction r where r.content_id = node and r.operation = restricted_operation)
          and not exists (
            select 1 from restriction r
            where r.content_id = node and r.operation = restricted_operation
              and ((r.subject_kind = 'user' and r.subject = actor_key)
                or (r.subject_kind = 'group' and r.subject = any(actor_groups))))
      $$`);
    // A comment is seen with its page; a page only with all pages above it.
    await runner.query(`
      create function may_view(content bigint, actor_key text, actor_groups text[], is_super boolean)
      returns boolean language plpgsql stable as $$
      declare
        node bigint;
        in_space bigint;
      begin
        select coalesce(c.container_id, c.id), c.space_id into node, in_space from content c where c.id = content;
        if not found then return false; end if;
        if is_super then return true; end if;
        if not may_in_space(in_space, 'space', 'read', actor_key, actor_groups, false) then return false; end if;
        while node is not null loop
          if is_restricted(node, 'read', actor_key, actor_groups) then return false; end if;
          select c.parent_id into node from content c where c.id = node;
        end loop;
        return true;
      end
      $$`);
    // Whether the page and all above it look the same to everyone who may view their space.
    await runner.query(`
      create function has_view_restriction(content bigint) returns boolean language sql stable as $$
        with recursive above(id, parent_id) as (
          select c.id, c.parent_id from content c where c.id = content
          union all select p.id, p.parent_id from content p join above a on p.id = a.parent_id)
        select exists (select 1 from restriction r join above a on a.id = r.content_id where r.operation = 'read')
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function has_view_restriction(bigint)`);
    await runner.query(`drop function may_view(bigint, text, text[], boolean)`);
    await runner.query(`drop function is_restricted(bigint, text, text, text[])`);
    await runner.query(`drop function granted_operations(bigint, text, text[])`);
    await runner.query(`drop function may_in_space(bigint, text, text, text, text[], boolean)`);
    await runner.query(`drop table restriction`);
  }
}
