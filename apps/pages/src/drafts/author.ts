import { forbidden, type Actor } from '@tributary/contracts';

/** Whose drafts and editors these are: a signed-in user's. */
export function authorOf({ userKey }: Actor): string {
  if (userKey === null) throw forbidden('Only signed-in users edit');
  return userKey;
}
