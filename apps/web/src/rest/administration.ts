import { queryOptions } from '@tanstack/react-query';
import { get, send } from './client';
import { listQuery } from './list-query';

/** Users, groups, permissions and the trash of a space, for those who administer them. */

export interface Account {
  readonly userKey: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly status: 'active' | 'disabled';
}

const accountsAtOnce = 50;
const groupsAtOnce = 100;
const part = encodeURIComponent;

async function change(method: string, path: string, body?: unknown): Promise<Response> {
  const init =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return send(path, { method, ...init });
}

export const accountsQuery = (words: string) =>
  listQuery<Account>(['accounts', words], `/rest/tributary/1/users?q=${part(words)}`, accountsAtOnce);

export interface Group {
  readonly name: string;
}

export const groupsQuery = listQuery<Group>(['groups'], '/rest/api/group', groupsAtOnce);

export const groupsOfQuery = (username: string) =>
  listQuery<Group>(['groups of', username], `/rest/api/user/memberof?username=${part(username)}`, groupsAtOnce);

export const createAccount = (account: Record<string, string>) => change('POST', '/rest/api/admin/user', account);
export const setPassword = (username: string, password: string) =>
  change('POST', `/rest/api/admin/user/${part(username)}/password`, { password });
export const enableAccount = (username: string, enabled: boolean) =>
  change('PUT', `/rest/api/admin/user/${part(username)}/${enabled ? 'enable' : 'disable'}`);
export const setMembership = (username: string, group: string, member: boolean) =>
  change(member ? 'PUT' : 'DELETE', `/rest/api/user/${part(username)}/group/${part(group)}`);
const membersAtOnce = 50;

/** Who is in a group, in the order of their names. */
export const membersQuery = (group: string) =>
  listQuery<Pick<Account, 'userKey' | 'username' | 'displayName'>>(
    ['members', group],
    `/rest/api/group/${part(group)}/member`,
    membersAtOnce,
  );
export const createGroup = (name: string) => change('POST', '/rest/api/admin/group', { name });
export const deleteGroup = (name: string) => change('DELETE', `/rest/api/admin/group/${part(name)}`);

export interface Operation {
  readonly targetType: string;
  readonly operationKey: string;
}

export interface Subject {
  readonly type: 'known' | 'group' | 'anonymous' | 'unknown';
  readonly name?: string;
  readonly userKey?: string;
  readonly displayName?: string;
}

export interface Grant {
  readonly operation: Operation;
  readonly subject: Subject;
}

/** Where permissions are: of the site, or of a space. */
export const sitePermissions = '/rest/api/permissions';
export const spacePermissions = (key: string): string => `/rest/api/space/${part(key)}/permissions`;

export const grantsQuery = (path: string) =>
  queryOptions({ queryKey: ['grants', path], queryFn: ({ signal }) => get<readonly Grant[]>(path, signal) });

/** A subject as a path names it. */
export function pathOf({ type, name, userKey }: Subject): string {
  if (type === 'group') return `group/${part(name ?? '')}`;
  return type === 'anonymous' ? 'anonymous' : `user/${part(userKey ?? '')}`;
}

/** `subject` as `pathOf` gives it, or `user/USERNAME`. */
export const changeGrant = (path: string, subject: string, operation: Operation, granted: boolean) =>
  change('PUT', `${path}/${subject}/${granted ? 'grant' : 'revoke'}`, [operation]);

export interface TrashedContent {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly version: { readonly number: number; readonly when: string; readonly by: { readonly displayName: string } };
}

const trashedAtOnce = 50;

export const trashQuery = (key: string) =>
  listQuery<TrashedContent>(
    ['trash', key],
    `/rest/api/space/${part(key)}/trash?expand=version`,
    trashedAtOnce,
    'cursor',
  );

export const restoreContent = ({ id, type, title, version }: TrashedContent) =>
  change('PUT', `/rest/api/content/${id}`, {
    type,
    title,
    status: 'current',
    version: { number: version.number + 1 },
  });
export const purgeContent = (id: string) => change('DELETE', `/rest/api/content/${id}?status=trashed`);
export const emptyTrash = (key: string) => change('DELETE', `/rest/api/space/${part(key)}/trash`);

export interface SpaceSettings {
  readonly key: string;
  readonly name: string;
  readonly status: 'current' | 'archived';
  readonly description?: { readonly plain?: { readonly value: string } };
}

export const spaceSettingsQuery = (key: string) =>
  queryOptions({
    queryKey: ['space settings', key],
    queryFn: ({ signal }) => get<SpaceSettings>(`/rest/api/space/${part(key)}?expand=description.plain`, signal),
  });

export const changeSpace = (key: string, name: string, description: string) =>
  change('PUT', `/rest/api/space/${part(key)}`, {
    name,
    description: { plain: { value: description, representation: 'plain' } },
  });

/** In an archived space nothing new is made. */
export const archiveSpace = (key: string, archived: boolean) =>
  change('PUT', `/rest/api/space/${part(key)}/${archived ? 'archive' : 'restore'}`);
/** Answers the id of the long task that does it. */
export async function deleteSpace(key: string): Promise<string> {
  const accepted = (await (await change('DELETE', `/rest/api/space/${part(key)}`)).json()) as { readonly id: string };
  return accepted.id;
}

export interface Token {
  readonly id: number;
  readonly name: string;
  readonly createdAt: string;
  readonly expiringAt: string | null;
  readonly rawToken?: string;
}

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => get<readonly Token[]>('/rest/pat/latest/tokens', signal),
});
export const createToken = async (name: string, expirationDuration: number | undefined): Promise<Token> =>
  (await change('POST', '/rest/pat/latest/tokens', { name, expirationDuration })).json() as Promise<Token>;
export const revokeToken = (id: number) => change('DELETE', `/rest/pat/latest/tokens/${id}`);
