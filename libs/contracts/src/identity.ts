import { z } from 'zod';
import { Actor, GlobalPermission } from './actor.js';
import { defineEvent, defineRequest } from './request.js';
import { Done, ListOf, Locale, noControlCharacters, Window } from './values.js';

/** Longest username and password that are looked at: bounds the work that a stranger can cause. */
export const usernameLengthMax = 255;
export const passwordLengthMax = 1_024;

export const Username = z
  .string()
  .trim()
  .min(1)
  .max(usernameLengthMax)
  .refine(noControlCharacters, 'A username holds no control characters');
export const Password = z.string().min(1).max(passwordLengthMax);
export const GroupName = z.string().trim().min(1).max(255).refine(noControlCharacters);

export const User = z.object({
  userKey: z.string(),
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
});
export type User = z.infer<typeof User>;

export const groupUsers = 'confluence-users';
export const groupAdministrators = 'confluence-administrators';

/** What a client showed to prove who it is. Session values and tokens are secrets: never log this message. */
export const Credentials = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('password'), username: Username, password: Password }),
  z.object({ kind: z.literal('session'), value: z.string().max(200) }),
  z.object({ kind: z.literal('token'), value: z.string().max(200) }),
]);
export type Credentials = z.infer<typeof Credentials>;

/**
 * Proves credentials. Cacheable (Answer): depends on the user, the credential and the global permissions. Wrong, expired and
 * revoked ones: `unauthenticated`; after too many failures: `forbidden` with `AUTHENTICATION_DENIED`.
 * `expiresInMillis`: how long from now the outcome holds at most (the session's or token's end), null for no end.
 */
export const authenticate = defineRequest('identity', 'authenticate', {
  request: z.object({ credentials: Credentials }),
  reply: z.object({ actor: Actor, expiresInMillis: z.number().nullable() }),
  safe: true,
});

/** A user, or the anonymous visitor, as an actor at this moment; null for one who may not sign in. Proves nothing, so only services ask. */
export const currentActor = defineRequest('identity', 'actors.current', {
  request: z.object({ userKey: z.string().max(255).nullable() }),
  reply: z.object({ actor: Actor.nullable() }),
  safe: true,
});

/** Opens a session for a user who has just proved their password; `value` goes into the cookie and nowhere else. */
export const createSession = defineRequest('identity', 'sessions.create', {
  request: z.object({ actor: Actor }),
  reply: z.object({ value: z.string(), expiresInMillis: z.number() }),
});
export const deleteSession = defineRequest('identity', 'sessions.delete', {
  request: z.object({ value: z.string().max(200) }),
  reply: Done,
});

export const Token = z.object({
  id: z.number().int(),
  name: z.string(),
  createdAt: z.string(),
  lastAccessed: z.string().nullable(),
  expiringAt: z.string().nullable(),
  rawToken: z.string().optional(),
});
/** Makes a personal access token; `rawToken` is in this answer only. */
export const createToken = defineRequest('identity', 'tokens.create', {
  request: z.object({
    actor: Actor,
    name: z.string().trim().min(1).max(255).refine(noControlCharacters),
    expirationDays: z.number().int().min(1).max(3_650).optional(),
  }),
  reply: Token,
});
export const listTokens = defineRequest('identity', 'tokens.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({ tokens: z.array(Token) }),
  safe: true,
});
export const revokeToken = defineRequest('identity', 'tokens.revoke', {
  request: z.object({ actor: Actor, id: z.number().int().positive() }),
  reply: Done,
});

/**
 * Users by key or name; unknown ones are left out. For presenting names beside content, so it asks for no actor.
 * Cacheable (Answer): `user:KEY` for each found, `username:NAME` for each name asked.
 */
export const findUsers = defineRequest('identity', 'users.find', {
  request: z.object({
    userKeys: z.array(z.string().max(255)).max(500).default([]),
    usernames: z.array(z.string().max(usernameLengthMax)).max(500).default([]),
  }),
  reply: z.object({ users: z.array(User) }),
  safe: true,
});
/** One user, seen by an actor who may use the site; others get `notFound`. E-mail only for oneself and administrators. */
export const getUser = defineRequest('identity', 'users.get', {
  request: z.object({ actor: Actor, userKey: z.string().max(255).optional(), username: Username.optional() }),
  reply: User,
  safe: true,
});
/** All users who aren't disabled; `forbidden` for visitors who aren't signed in, as are the lists of groups and members. */
export const listUsers = defineRequest('identity', 'users.list', {
  request: z.object({ actor: Actor, ...Window }),
  reply: ListOf(User),
  safe: true,
});
/** Users who aren't disabled with these characters in their name or username, those that begin with them first; for whom `listUsers` is. */
export const searchUsers = defineRequest('identity', 'users.search', {
  request: z.object({ actor: Actor, query: z.string().trim().max(255).default(''), ...Window }),
  reply: ListOf(User),
  safe: true,
});
export const updateProfile = defineRequest('identity', 'users.updateProfile', {
  request: z.object({
    actor: Actor,
    displayName: z.string().trim().min(1).max(255).optional(),
    email: z.string().max(255).optional(),
  }),
  reply: User,
});
export const changePassword = defineRequest('identity', 'users.changePassword', {
  request: z.object({ actor: Actor, oldPassword: Password, newPassword: Password }),
  reply: Done,
});

export const listGroups = defineRequest('identity', 'groups.list', {
  request: z.object({ actor: Actor, ...Window }),
  reply: ListOf(z.object({ name: z.string() })),
  safe: true,
});
/** Those of these groups that there are, written as they are kept. Asks for no actor, as findUsers. */
export const findGroups = defineRequest('identity', 'groups.find', {
  request: z.object({ names: z.array(z.string().max(255)).max(500) }),
  reply: z.object({ groups: z.array(z.string()) }),
  safe: true,
});
export const getGroup = defineRequest('identity', 'groups.get', {
  request: z.object({ actor: Actor, name: GroupName }),
  reply: z.object({ name: z.string() }),
  safe: true,
});
export const listGroupMembers = defineRequest('identity', 'groups.members', {
  request: z.object({ actor: Actor, name: GroupName, ...Window }),
  reply: ListOf(User),
  safe: true,
});
export const listUserGroups = defineRequest('identity', 'users.groups', {
  request: z.object({
    actor: Actor,
    userKey: z.string().max(255).optional(),
    username: Username.optional(),
    ...Window,
  }),
  reply: ListOf(z.object({ name: z.string() })),
  safe: true,
});

export const SiteName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(noControlCharacters, 'A name holds no control characters');
/** `language` is for readers who ask for none that the wiki has. */
export const Site = z.object({ name: z.string(), needsSetup: z.boolean(), language: Locale.default('en') });
export type Site = z.infer<typeof Site>;

/** What every visitor sees, strangers too. Cacheable (Answer): `site`. */
export const getSite = defineRequest('identity', 'site.get', { request: z.object({}), reply: Site, safe: true });
/**
 * The first set-up of a site: its name, its language and its administrator. `forbidden` with a wrong code, `conflict` once somebody has set it
 * up; of several at once one succeeds. The password is a secret: never log this message.
 */
export const setUp = defineRequest('identity', 'site.setUp', {
  request: z.object({
    code: z.string().max(200),
    siteName: SiteName,
    language: Locale.default('en'),
    username: Username,
    displayName: z.string().trim().min(1).max(255),
    password: Password.min(8, 'The password needs 8 characters at least'),
  }),
  reply: Done,
});

// Administration: `forbidden` unless the actor administers the site.
/** All users in the order of their names, disabled ones too unless only active ones are wanted; `query` is a part of a username or a name. */
export const listAccounts = defineRequest('identity', 'admin.listAccounts', {
  request: z.object({
    actor: Actor,
    query: z.string().trim().max(255).default(''),
    onlyActive: z.boolean().default(false),
    ...Window,
  }),
  reply: ListOf(User),
  safe: true,
});
export const createUser = defineRequest('identity', 'admin.createUser', {
  request: z.object({
    actor: Actor,
    username: Username,
    password: Password,
    displayName: z.string().trim().min(1).max(255),
    email: z.string().max(255).optional(),
  }),
  reply: User,
});
export const setPassword = defineRequest('identity', 'admin.setPassword', {
  request: z.object({ actor: Actor, username: Username, password: Password }),
  reply: Done,
});
export const setUserStatus = defineRequest('identity', 'admin.setUserStatus', {
  request: z.object({ actor: Actor, username: Username, status: z.enum(['active', 'disabled']) }),
  reply: User,
});
/** Changes what is given of an account; another `newUsername` that is taken is `badRequest`. */
export const updateUser = defineRequest('identity', 'admin.updateUser', {
  request: z.object({
    actor: Actor,
    username: Username,
    newUsername: Username.optional(),
    displayName: z.string().trim().min(1).max(255).optional(),
    email: z.string().max(255).optional(),
  }),
  reply: User,
});
/** Removes an account with its sessions, tokens and memberships. What its user wrote stays, by somebody who isn't known any more. */
export const deleteUser = defineRequest('identity', 'admin.deleteUser', {
  request: z.object({ actor: Actor, username: Username }),
  reply: Done,
});
export const createGroup = defineRequest('identity', 'admin.createGroup', {
  request: z.object({ actor: Actor, name: GroupName }),
  reply: z.object({ name: z.string() }),
});
export const deleteGroup = defineRequest('identity', 'admin.deleteGroup', {
  request: z.object({ actor: Actor, name: GroupName }),
  reply: Done,
});
/** Without a language the site keeps the one that it has. */
export const renameSite = defineRequest('identity', 'admin.renameSite', {
  request: z.object({ actor: Actor, name: SiteName, language: Locale.optional() }),
  reply: Done,
});
export const setMembership = defineRequest('identity', 'admin.setMembership', {
  request: z.object({ actor: Actor, username: Username, group: GroupName, member: z.boolean() }),
  reply: Done,
});

/** Whom a permission is given to. */
export const Subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('group'), name: GroupName }),
  z.object({ kind: z.literal('user'), userKey: z.string().max(255) }),
]);
export type Subject = z.infer<typeof Subject>;

export const listGlobalPermissions = defineRequest('identity', 'globalPermissions.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({ grants: z.array(z.object({ subject: Subject, permissions: z.array(GlobalPermission) })) }),
  safe: true,
});
export const changeGlobalPermissions = defineRequest('identity', 'globalPermissions.change', {
  request: z.object({
    actor: Actor,
    subject: Subject,
    permissions: z.array(GlobalPermission).min(1),
    granted: z.boolean(),
  }),
  reply: Done,
});

/** A user's fields, groups or status changed. */
export const userChanged = defineEvent('identity', 'userChanged', z.object({ userKey: z.string() }));
