import { titleKeyOf } from './values.js';

/**
 * The tags that cached answers depend on and that writes pin (COHERENCE.md, "Words"). Values are percent-encoded, so that a
 * tag travels in a message header and a list of tags can be joined by commas.
 */
const tag = (kind: string, value: string): string => `${kind}:${encodeURIComponent(value)}`;

export const tags = {
  /** Title, body, versions, labels, place and status of one content. */
  content: (id: string): string => tag('content', id),
  /** The list of a content's children: which, in what order, with which titles. */
  children: (id: string): string => tag('children', id),
  /** The attachments of one content. */
  attachments: (containerId: string): string => tag('attachments', containerId),
  /** A space's own fields: name, description, home page, status. Keys have no case. */
  space: (key: string): string => tag('space', key.toUpperCase()),
  /** "Content with this title in this space is id N, or isn't there": what a link by title depends on. */
  title: (spaceKey: string, title: string): string => tag('title', `${spaceKey.toUpperCase()}/${titleKeyOf(title)}`),
  /** Who may do what in a space: its permissions, every restriction in it, and every move that changes inheritance. */
  permissions: (spaceKey: string): string => tag('permissions', spaceKey.toUpperCase()),
  /** A user's fields, groups, status and credentials. */
  user: (userKey: string): string => tag('user', userKey),
  /** Which user has this name, or that none has. */
  username: (username: string): string => tag('username', username.toLowerCase()),
  /** One session or personal access token. */
  credential: (id: string): string => tag('credential', id),
  /** Who may use the site, create spaces, administer. */
  globalPermissions: 'global-permissions',
  /** Whether the whole site may be changed, and its banner. */
  siteMode: 'site-mode',
  /** What the site is called, and whether it was set up. */
  site: 'site',
} as const;
