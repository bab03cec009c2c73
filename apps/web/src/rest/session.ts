import { queryOptions } from '@tanstack/react-query';
import { get, send } from './client';

export interface User {
  readonly type: 'known' | 'anonymous';
  readonly username?: string;
  readonly displayName: string;
}

export const nobody: User = { type: 'anonymous', displayName: '' };

/** Who is signed in; it changes by signing in and out only. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<User>('/rest/api/user/current', signal),
  staleTime: Infinity,
});

export async function signIn(username: string, password: string, remember: boolean): Promise<User> {
  const form = new URLSearchParams({ os_username: username, os_password: password, os_cookie: String(remember) });
  return (await send('/dologin.action', { method: 'POST', body: form })).json() as Promise<User>;
}

export async function signOut(): Promise<void> {
  await send('/logout.action', { method: 'POST' });
}
