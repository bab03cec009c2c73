import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { currentUser, signOut, type User } from '../api';

export interface Session {
  /** Undefined while it isn't known yet. */
  readonly user: User | undefined;
  setUser(user: User): void;
  leave(): Promise<void>;
}

const SessionContext = createContext<Session | null>(null);
const anonymous: User = { type: 'anonymous', displayName: '' };

/** Who is signed in. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [user, setUser] = useState<User>();
  useEffect(() => {
    currentUser().then(setUser, () => setUser(anonymous));
  }, []);
  const leave = useCallback(async () => {
    await signOut();
    setUser(anonymous);
  }, []);
  const session = useMemo(() => ({ user, setUser, leave }), [user, leave]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('The session provider is missing');
  return session;
}
