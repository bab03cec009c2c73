import type { User } from './identity.js';
import { baseUrlMark } from './values.js';

const profilePicture = { path: '/images/icons/profilepics/default.svg', width: 48, height: 48, isDefault: true };

type Shown = Pick<User, 'userKey' | 'username' | 'displayName'>;

/** The shape in which every answer shows a user; null is an anonymous visitor. */
export function presentUser(user: Shown | null) {
  if (!user) {
    return {
      type: 'anonymous',
      profilePicture: { ...profilePicture, path: '/images/icons/profilepics/anonymous.svg' },
      displayName: 'Anonymous',
      _links: { self: `${baseUrlMark}/rest/api/user/anonymous` },
      _expandable: { status: '' },
    };
  }
  return {
    type: 'known',
    username: user.username,
    userKey: user.userKey,
    profilePicture,
    displayName: user.displayName,
    _links: { self: `${baseUrlMark}/rest/api/user?key=${encodeURIComponent(user.userKey)}` },
    _expandable: { status: '', details: '' },
  };
}
/** A user as its own resource, which expands `status` and `details`. */
export function presentUserResource(user: User, expand: readonly string[]) {
  const { _expandable, ...shown } = presentUser(user);
  const more = {
    status: user.status === 'active' ? 'current' : 'deactivated',
    details: { business: {}, personal: user.email === null ? {} : { email: user.email } },
  };
  const asked = Object.entries(more).filter(([name]) =>
    expand.some((path) => path === name || path.startsWith(`${name}.`)),
  );
  const expanded = Object.fromEntries(asked);
  const others = Object.keys(more).filter((name) => !(name in expanded));
  return { ...shown, ...expanded, _expandable: Object.fromEntries(others.map((name) => [name, ''])) };
}
export type PresentedUser = ReturnType<typeof presentUser>;
