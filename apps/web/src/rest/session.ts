import { queryOptions } from '@tanstack/react-query';
import { get, send } from './client';

export interface User {
  readonly type: 'known' | 'anonymous';
  readonly username?: string;
  readonly userKey?: string;
  readonly displayName: string;
}

export const nobody: User = { type: 'anonymous', displayName: '' };

/** Who is signed in; it changes by signing in and out only. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<User>('/rest/api/user/current', signal),
  staleTime: Infinity,
});

/** What a gateway knows of whoever asks. */
export interface MySession {
  /** How it was proved: `session` is a cookie. */
  readonly kind: 'session' | 'password' | 'token' | 'anonymous';
  readonly groups: readonly string[];
  readonly permissions: readonly string[];
  readonly node: { readonly nodeId: string; readonly version: string };
}

export const mySessionQuery = queryOptions({
  queryKey: ['my session'],
  queryFn: ({ signal }) => get<MySession>('/rest/tributary/1/session', signal),
});

/** Whether the cluster, and what else belongs to the system, is somebody's to administer. */
export const mayAdministerSystem = ({ permissions }: MySession): boolean => permissions.includes('systemAdminister');

/** Whether somebody has something to do on the screens of administrators. */
export const mayAdminister = (session: MySession): boolean =>
  session.permissions.includes('administer') || mayAdministerSystem(session);

/** Whether the wiki is open to somebody at all; to strangers it is only where that was granted. */
export const mayUse = ({ permissions }: MySession): boolean => permissions.includes('use');

/** Whether somebody may make spaces. */
export const mayCreateSpaces = ({ permissions }: MySession): boolean => permissions.includes('createSpace');

export async function signIn(username: string, password: string, remember: boolean): Promise<User> {
  const form = new URLSearchParams({ os_username: username, os_password: password, os_cookie: String(remember) });
  return (await send('/dologin.action', { method: 'POST', body: form })).json() as Promise<User>;
}

export async function signOut(): Promise<void> {
  await send('/logout.action', { method: 'POST' });
}
