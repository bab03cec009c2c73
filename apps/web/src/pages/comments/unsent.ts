import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../rest/session';

/** Comments that were begun and not sent: they stay in their window until they are sent, thrown away, or their writer signs out. */
const prefix = 'tributary.unsent.';

const keyOf = (username: string | undefined, place: string): string => `${prefix}${username ?? ''}.${place}`;

/** What somebody has begun to write at a place; what is kept is empty where there is nothing. */
export function useUnsent(place: string) {
  const { data: user } = useQuery(sessionQuery);
  const key = keyOf(user?.username, place);
  return {
    read: (): string | undefined => sessionStorage.getItem(key) ?? undefined,
    keep(text: string): void {
      if (text === '') return sessionStorage.removeItem(key);
      try {
        sessionStorage.setItem(key, text);
      } catch {
        // There is no room: it is in the form all the same.
      }
    },
  };
}

/** The places that begin so where somebody has left something. */
export function unsentPlaces(username: string | undefined, beginning: string): string[] {
  const start = keyOf(username, '');
  const places = Object.keys(sessionStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
  return places.filter((place) => place.startsWith(beginning));
}

/** Whoever comes to this window next doesn't read it. */
export function forgetUnsent(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}
