import { forbidden, notFound, type Actor } from '@tributary/contracts';
import type { Reads, Work } from '@tributary/database';

/** What can answer a query: the pool, or a write's transaction. */
export type Queries = Pick<Reads | Work, 'query'>;

/**
 * An actor as the SQL functions of the permissions migration take it. Groups null are someone who may not use the site: they
 * see nothing, not even what is granted to anonymous visitors.
 */
export function actorParameters(actor: Actor): [userKey: string | null, groups: string[] | null, isSuper: boolean] {
  if (!actor.permissions.includes('use')) return [null, null, false];
  return [actor.userKey, actor.groups, actor.permissions.includes('systemAdminister')];
}

/**
 * SQL condition "the actor may view this content". `column` is the content's id; `first` the number of the first of the
 * three parameters that `actorParameters` gives.
 */
export const mayViewSql = (column: string, first: number): string =>
  `may_view(${column}, $${first}::text, $${first + 1}::text[], $${first + 2}::boolean)`;

export const mayInSpaceSql = (column: string, target: string, operation: string, first: number): string =>
  `may_in_space(${column}, '${target}', '${operation}', $${first}::text, $${first + 1}::text[], $${first + 2}::boolean)`;

/** What an actor may do with one content, found in one snapshot. */
export interface ContentAccess {
  id: string;
  type: 'page' | 'blogpost' | 'comment';
  status: 'current' | 'draft' | 'trashed';
  title: string;
  spaceId: string;
  spaceKey: string;
  parentId: string | null;
  containerId: string | null;
  version: number;
  createdBy: string | null;
  mayView: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  mayRestrict: boolean;
  mayAttach: boolean;
  mayAdminister: boolean;
}

const accessSql = `
  select c.id, c.type, c.status, c.title, c.space_id as "spaceId", s.key as "spaceKey", c.parent_id as "parentId",
    c.container_id as "containerId", c.version, c.created_by as "createdBy",
    ${mayViewSql('c.id', 2)} as "mayView",
    ($4::boolean or not is_restricted(coalesce(c.container_id, c.id), 'update', $2, $3)) and
      case when c.type = 'comment' then c.created_by = $2 or ${mayInSpaceSql('c.space_id', 'space', 'administer', 2)}
        else may_in_space(c.space_id, c.type, 'create', $2, $3, $4) end as "mayEdit",
    ($4::boolean or not is_restricted(coalesce(c.container_id, c.id), 'update', $2, $3)) and
      (may_in_space(c.space_id, c.type, 'delete', $2, $3, $4)
        or (c.created_by = $2 and ${mayInSpaceSql('c.space_id', 'space', 'delete_own', 2)})) as "mayDelete",
    ${mayInSpaceSql('c.space_id', 'space', 'restrict', 2)} as "mayRestrict",
    ($4::boolean or not is_restricted(coalesce(c.container_id, c.id), 'update', $2, $3)) and
      ${mayInSpaceSql('c.space_id', 'attachment', 'create', 2)} as "mayAttach",
    ${mayInSpaceSql('c.space_id', 'space', 'administer', 2)} as "mayAdminister"
  from content c join space s on s.id = c.space_id where c.id = any($1::bigint[])`;

/** The accesses of those ids that exist, whether or not the actor may view them. */
export const findAccess = (queries: Queries, actor: Actor, ids: readonly string[]): Promise<ContentAccess[]> =>
  queries.query<ContentAccess>(accessSql, [ids, ...actorParameters(actor)]);

export const noContent = (id: string) => notFound(`No content found with id: ContentId{id=${id}}`);

/** The access of one content that the actor may view; trashed ones and others' drafts are there for those who may delete or edit. */
export async function requireView(queries: Queries, actor: Actor, id: string): Promise<ContentAccess> {
  const [access] = await findAccess(queries, actor, [id]);
  if (!access?.mayView || !mayViewStatus(access, actor)) throw noContent(id);
  return access;
}

/** A draft is its author's, what is in the trash is for those who may edit it. */
export const mayViewStatus = (access: Pick<ContentAccess, 'status' | 'createdBy' | 'mayEdit'>, actor: Actor): boolean =>
  access.status === 'current' || (access.status === 'draft' ? access.createdBy === actor.userKey : access.mayEdit);

export async function requireEdit(queries: Queries, actor: Actor, id: string): Promise<ContentAccess> {
  const access = await requireView(queries, actor, id);
  if (!access.mayEdit) throw forbidden(`The user may not edit the content with id ${id}`);
  return access;
}

/** A space as seen by an actor. */
export interface SpaceAccess {
  id: string;
  key: string;
  name: string;
  status: string;
  mayView: boolean;
  mayAdminister: boolean;
  mayCreatePage: boolean;
  mayCreateBlogpost: boolean;
  mayComment: boolean;
}

/** The space with this key, or `notFound` for those who may not view it. */
export async function requireSpace(queries: Queries, actor: Actor, key: string): Promise<SpaceAccess> {
  const [space] = await queries.query<SpaceAccess>(
    `select s.id, s.key, s.name, s.status, ${mayInSpaceSql('s.id', 'space', 'read', 2)} as "mayView",
       ${mayInSpaceSql('s.id', 'space', 'administer', 2)} as "mayAdminister",
       ${mayInSpaceSql('s.id', 'page', 'create', 2)} as "mayCreatePage",
       ${mayInSpaceSql('s.id', 'blogpost', 'create', 2)} as "mayCreateBlogpost",
       ${mayInSpaceSql('s.id', 'comment', 'create', 2)} as "mayComment"
     from space s where upper(s.key) = upper($1)`,
    [key, ...actorParameters(actor)],
  );
  if (!space?.mayView) throw notFound(`No space found with key : ${key}`);
  return space;
}

export async function requireSpaceAdministrator(queries: Queries, actor: Actor, key: string): Promise<SpaceAccess> {
  const space = await requireSpace(queries, actor, key);
  if (!space.mayAdminister) throw forbidden(`The user may not administer the space with key ${key}`);
  return space;
}
