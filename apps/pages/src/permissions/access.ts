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

/**
 * SQL condition "the actor may see a content in its status": a draft is its author's, what is in the trash is for those who may edit
 * it or administer the space, and a comment is where its page is. Over `content c` and a comment's container `k`.
 */
export const mayViewStatusSql = (first: number): string => `
  case coalesce(k.status, c.status)
    when 'current' then true
    when 'draft' then coalesce(coalesce(k.created_by, c.created_by) = $${first}::text, false)
    else ${mayInSpaceSql('c.space_id', 'space', 'administer', first)}
      or (not is_restricted(coalesce(k.id, c.id), 'update', $${first}::text, $${first + 1}::text[])
        and may_in_space(c.space_id, coalesce(k.type, c.type), 'create', $${first}::text, $${first + 1}::text[], $${first + 2}::boolean))
  end`;

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
  mayViewStatus: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  mayRestrict: boolean;
  mayAttach: boolean;
  mayRemoveAttachments: boolean;
  mayRemoveOwnAttachments: boolean;
  mayAdminister: boolean;
}

type Decided =
  | 'mayEdit'
  | 'mayDelete'
  | 'mayRestrict'
  | 'mayAttach'
  | 'mayRemoveAttachments'
  | 'mayRemoveOwnAttachments'
  | 'mayAdminister';

interface AccessRow extends Omit<ContentAccess, Decided> {
  isUpdateRestricted: boolean;
  granted: string[];
}

const accessSql = `
  select c.id, c.type, c.status, c.title, c.space_id as "spaceId", s.key as "spaceKey", c.parent_id as "parentId",
    c.container_id as "containerId", c.version, c.created_by as "createdBy", ${mayViewSql('c.id', 2)} as "mayView",
    ${mayViewStatusSql(2)} as "mayViewStatus",
    is_restricted(coalesce(c.container_id, c.id), 'update', $2, $3) as "isUpdateRestricted",
    granted_operations(c.space_id, $2, $3) as granted
  from content c join space s on s.id = c.space_id left join content k on k.id = c.container_id where c.id = any($1::bigint[])`;

/** The accesses of those ids that exist, whether or not the actor may view them. */
export async function findAccess(queries: Queries, actor: Actor, ids: readonly string[]): Promise<ContentAccess[]> {
  const rows = await queries.query<AccessRow>(accessSql, [ids, ...actorParameters(actor)]);
  return rows.map((row) => accessOf(row, actor));
}

/** The rules of what one may do with a content beyond viewing it. A comment is as restricted as its page. */
function accessOf({ isUpdateRestricted, granted, ...row }: AccessRow, actor: Actor): ContentAccess {
  const [userKey, , isSuper] = actorParameters(actor);
  const may = mayIn(granted, isSuper);
  const isOpen = isSuper || !isUpdateRestricted;
  const isOwn = userKey !== null && row.createdBy === userKey;
  const mayEdit = row.type === 'comment' ? isOwn || may('space', 'administer') : may(row.type, 'create');
  return {
    ...row,
    mayEdit: isOpen && mayEdit,
    mayDelete: isOpen && (may(row.type, 'delete') || (isOwn && may('space', 'delete_own'))),
    mayRestrict: may('space', 'restrict'),
    mayAttach: isOpen && may('attachment', 'create'),
    mayRemoveAttachments: isOpen && may('attachment', 'delete'),
    mayRemoveOwnAttachments: isOpen && may('space', 'delete_own'),
    mayAdminister: may('space', 'administer'),
  };
}

/** Whether an operation is among those that `granted_operations` found. */
const mayIn =
  (granted: readonly string[], isSuper: boolean) =>
  (targetType: string, operationKey: string): boolean =>
    isSuper || granted.includes(`${targetType} ${operationKey}`);

export const noContent = (id: string) => notFound(`No content found with id: ContentId{id=${id}}`);

/** The access of one content that the actor may view in the status that it has. */
export async function requireView(queries: Queries, actor: Actor, id: string): Promise<ContentAccess> {
  const access = await findViewable(queries, actor, id);
  if (!access) throw noContent(id);
  return access;
}

/** As requireView, for what is named beside the content that is asked for: whoever calls says what its absence means. */
export async function findViewable(queries: Queries, actor: Actor, id: string): Promise<ContentAccess | undefined> {
  const [access] = await findAccess(queries, actor, [id]);
  return access?.mayView && access.mayViewStatus ? access : undefined;
}

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
  mayAdminister: boolean;
  mayCreatePage: boolean;
  mayCreateBlogpost: boolean;
  mayComment: boolean;
}

/** The space with this key, or `notFound` for those who may not view it. */
export async function requireSpace(queries: Queries, actor: Actor, key: string): Promise<SpaceAccess> {
  const parameters = actorParameters(actor);
  const [space] = await queries.query<Pick<SpaceAccess, 'id' | 'key' | 'name' | 'status'> & { granted: string[] }>(
    `select s.id, s.key, s.name, s.status, granted_operations(s.id, $2, $3) as granted from space s where upper(s.key) = upper($1)`,
    [key, parameters[0], parameters[1]],
  );
  const may = mayIn(space?.granted ?? [], parameters[2]);
  if (!space || !may('space', 'read')) throw notFound(`No space found with key : ${key}`);
  const { id, key: written, name, status } = space;
  return {
    id,
    key: written,
    name,
    status,
    mayAdminister: may('space', 'administer'),
    mayCreatePage: may('page', 'create'),
    mayCreateBlogpost: may('blogpost', 'create'),
    mayComment: may('comment', 'create'),
  };
}

export async function requireSpaceAdministrator(queries: Queries, actor: Actor, key: string): Promise<SpaceAccess> {
  const space = await requireSpace(queries, actor, key);
  if (!space.mayAdminister) throw forbidden(`The user may not administer the space with key ${key}`);
  return space;
}
