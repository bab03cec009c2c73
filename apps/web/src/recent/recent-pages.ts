import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionQuery } from '../rest/session';

/** A page that somebody read at this browser. */
export interface RecentPage {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  readonly href: string;
}

const prefix = 'tributary.recent.';
const pagesMax = 20;

/** The pages that a user read last at this browser, the last first. */
export function recentPages(username: string | undefined): readonly RecentPage[] {
  const kept = username === undefined ? null : localStorage.getItem(`${prefix}${username}`);
  try {
    const pages = JSON.parse(kept ?? '[]') as unknown;
    return Array.isArray(pages) ? (pages as RecentPage[]) : [];
  } catch {
    // What is kept in a browser may be anything; nobody needs it.
    return [];
  }
}

/** Whoever comes to this browser next doesn't learn what was read at it. */
export function forgetRecentPages(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

/** Remembers that a page is read, for whoever is signed in. */
export function useRecentPage({ id, title, space, href }: RecentPage): void {
  const { data: user } = useQuery(sessionQuery);
  const username = user?.username;
  useEffect(() => {
    if (username === undefined) return;
    const others = recentPages(username).filter((page) => page.id !== id);
    localStorage.setItem(
      `${prefix}${username}`,
      JSON.stringify([{ id, title, space, href }, ...others].slice(0, pagesMax)),
    );
  }, [username, id, title, space, href]);
}
