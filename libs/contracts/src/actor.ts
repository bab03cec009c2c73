import { z } from 'zod';
import { forbidden, ServiceError } from './errors.js';

export const globalPermissions = ['use', 'personalSpace', 'createSpace', 'administer', 'systemAdminister'] as const;
export const GlobalPermission = z.enum(globalPermissions);
export type GlobalPermission = z.infer<typeof GlobalPermission>;

/**
 * On whose behalf a request is made, as the gateway learned it from identity. Travels in every request; the service that
 * owns the data decides by it. `userKey` null is an anonymous visitor.
 */
export const Actor = z.object({
  userKey: z.string().nullable(),
  username: z.string(),
  displayName: z.string(),
  groups: z.array(z.string()),
  permissions: z.array(GlobalPermission),
});
export type Actor = z.infer<typeof Actor>;

export const isAdministrator = (actor: Actor): boolean =>
  actor.permissions.includes('administer') || actor.permissions.includes('systemAdminister');

/** The same for the same user with the same rights: under it may be kept what one reader was shown, and no other may see. */
export const rightsKeyOf = ({ userKey, groups, permissions }: Actor): string =>
  [userKey ?? '', groups.join('\n'), permissions.join()].join('|');

/** What only those may do who run the installation; a stranger may have an account that may. */
export function requireSystemAdministrator(actor: Actor): void {
  if (actor.userKey === null)
    throw new ServiceError('unauthenticated', 'Client must be authenticated to access this resource.');
  if (!actor.permissions.includes('systemAdminister')) throw forbidden('Only system administrators may do this');
}
