/**
 * SQL over `content c` for what stands below the content $1: pages below a page, comments below a page or blog post, answers
 * below a comment. `direct` is what stands right below it, `all` everything.
 */
export const below = {
  page: {
    direct: `c.parent_id = $1 and c.type = 'page' and c.status = 'current'`,
    all: `c.type = 'page' and c.status = 'current' and c.id in (
      with recursive below(id) as (
        select id from content where parent_id = $1 and status = 'current' union all
        select d.id from content d join below b on d.parent_id = b.id where d.status = 'current')
      select id from below)`,
  },
  comment: {
    direct: `c.type = 'comment' and c.status = 'current' and (c.parent_id = $1 or (c.container_id = $1 and c.parent_id is null))`,
    all: `c.type = 'comment' and c.status = 'current' and (c.container_id = $1 or c.id in (
      with recursive answers(id) as (
        select id from content where parent_id = $1 and type = 'comment' union all
        select d.id from content d join answers a on d.parent_id = a.id)
      select id from answers))`,
  },
} as const;

const inThread = (condition: string): string =>
  `exists (select 1 from inline_comment i join inline_comment t on t.content_id = i.thread_id where i.content_id = c.id and ${condition})`;

/** SQL over a comment `c`: whether it stands below its page, or inside of the text, where its thread is open or resolved. */
export const atLocation = {
  footer: `not exists (select 1 from inline_comment i where i.content_id = c.id)`,
  inline: inThread(`t.status <> 'resolved'`),
  resolved: inThread(`t.status = 'resolved'`),
} as const;
