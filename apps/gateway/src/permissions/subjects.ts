import { Injectable } from '@nestjs/common';
import { badRequest, identity, notFound, presentUser } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { Call } from '../edge/call.js';
import { arrayAt, objectOf, textAt } from '../edge/bodies.js';
import { presentGroup } from '../users/group-presenter.js';

/** Confluence's own limit of users and groups in one request. */
const subjectsMax = 40;
/** What user keys look like; a username of this look is found by its key only. */
const userKeyPattern = /^[0-9a-f]{32}$/;

/** All that one user, group or anonymous visitors are to have, as a request says it. */
export interface Wanted {
  readonly subject: identity.Subject;
  readonly operations: unknown;
}

/** Whom permissions are given to, between what clients write and what services take. */
@Injectable()
export class Subjects {
  constructor(private readonly messaging: MessagingClient) {}

  /** A user by key or name, as far as the caller may see users. */
  async user(call: Call, keyOrName: string): Promise<identity.Subject> {
    const named = userKeyPattern.test(keyOrName) ? { userKey: keyOrName } : { username: keyOrName };
    const { userKey } = await call.ask(identity.getUser, named);
    return { kind: 'user', userKey };
  }

  /** A group as it is written where it is kept; one that isn't there is `notFound`. */
  async group(call: Call, name: string): Promise<identity.Subject> {
    return { kind: 'group', name: (await call.ask(identity.getGroup, { name })).name };
  }

  /** `[{userKey | groupName, operations}]`; without either it is for anonymous visitors. */
  async wantedIn(call: Call, body: unknown): Promise<Wanted[]> {
    if (!Array.isArray(body) || body.length === 0) throw badRequest('A list of users and groups is expected');
    if (body.length > subjectsMax) throw badRequest(`At most ${subjectsMax} users and groups can be given`);
    return Promise.all(
      body.map(async (each) => {
        const given = objectOf(each);
        const [userKey, groupName] = [textAt(given, 'userKey'), textAt(given, 'groupName')];
        if (userKey && groupName) throw badRequest('Either userKey or groupName is expected, not both');
        const operations = arrayAt(given, 'operations') ?? [];
        if (userKey) return { subject: await this.user(call, userKey), operations };
        if (groupName) return { subject: await this.group(call, groupName), operations };
        return { subject: { kind: 'anonymous' }, operations };
      }),
    );
  }

  /** How answers show these subjects. */
  async presenter(subjects: readonly identity.Subject[]): Promise<(subject: identity.Subject) => object> {
    const userKeys = subjects.flatMap((subject) => (subject.kind === 'user' ? [subject.userKey] : []));
    const { users } =
      userKeys.length > 0 ? await this.messaging.request(identity.findUsers, { userKeys }) : { users: [] };
    return (subject) => {
      if (subject.kind === 'group') return presentGroup(subject.name);
      if (subject.kind === 'anonymous') return presentUser(null);
      const user = users.find((each) => each.userKey === subject.userKey);
      return user ? presentUser(user) : { type: 'unknown', userKey: subject.userKey };
    };
  }
}

export const isSameSubject = (one: identity.Subject, other: identity.Subject): boolean =>
  one.kind === other.kind &&
  (one.kind !== 'user' || one.userKey === (other as typeof one).userKey) &&
  (one.kind !== 'group' || one.name === (other as typeof one).name);

/** `grant` or `revoke`, as the last part of a path. */
export function isGrant(change: string): boolean {
  if (change !== 'grant' && change !== 'revoke') throw notFound('There is no such resource');
  return change === 'grant';
}
