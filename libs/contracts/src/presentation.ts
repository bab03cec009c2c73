import type { User } from './identity.js';
import { baseUrlMark } from './values.js';

const profilePicture = { path: '/images/icons/profilepics/default.svg', width: 48, height: 48, isDefault: true };

/** The shape in which every answer shows a user; null is an anonymous visitor. */
export function presentUser(user: Pick<User, 'userKey' | 'username' | 'displayName'> | null) {
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
    _expandable: { status: '' },
  };
}
export type PresentedUser = ReturnType<typeof presentUser>;
