import { Injectable } from '@nestjs/common';
import { ClusterMember, type NearCache } from '@tributary/cluster';
import { badRequest, identity, presentUser, refused, tags, type Actor } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { Dependencies } from '../content/dependencies.js';

/** Memory for users' names beside contents; a user takes about half a kilobyte. */
const cacheBytesMax = 8 * 1024 * 1024;
const userBytes = 600;

/** Users as identity knows them, for names beside contents. */
@Injectable()
export class People {
  private readonly cache: NearCache<identity.User | null>;

  constructor(
    private readonly messaging: MessagingClient,
    member: ClusterMember,
  ) {
    this.cache = member.cache({ name: 'pages.users', bytesMax: cacheBytesMax });
  }

  /** Users by key. Unknown keys are shown by their key, as authors who are gone. */
  async byKeys(keys: Iterable<string | null>, dependsOn: Dependencies): Promise<(key: string | null) => object> {
    const wanted = [...new Set(keys)].filter((key) => key !== null);
    const found = new Map<string, identity.User | null>();
    const missing: string[] = [];
    for (const key of wanted) {
      dependsOn.add(tags.user(key));
      const cached = this.cache.peek(key);
      if (cached !== undefined) found.set(key, cached);
      else missing.push(key);
    }
    await Promise.all(missing.map(async (key) => found.set(key, await this.byKey(key))));
    return (key) => {
      if (key === null) return presentUser(null);
      return presentUser(found.get(key) ?? { userKey: key, username: key, displayName: key });
    };
  }

  byKey(key: string): Promise<identity.User | null> {
    const ask = async () => (await this.messaging.request(identity.findUsers, { userKeys: [key] })).users[0] ?? null;
    return this.cache.get(key, async () => {
      return { value: await ask(), dependsOn: [tags.user(key)], sizeBytes: userBytes, again: ask };
    }, [tags.user(key)]);
  }

  async byName(username: string): Promise<identity.User | null> {
    const { users } = await this.messaging.request(identity.findUsers, { usernames: [username] });
    return users[0] ?? null;
  }

  /** The groups that a client names, as identity writes them; unknown names are `badRequest`. */
  async resolveGroups(names: readonly string[]): Promise<string[]> {
    if (names.length === 0) return [];
    const { groups } = await this.messaging.request(identity.findGroups, { names: [...names] });
    return names.map((name) => {
      const group = groups.find((each) => each.toLowerCase() === name.trim().toLowerCase());
      if (group === undefined) throw refused('noSuchGroup', `No group found with name : ${name}`, name);
      return group;
    });
  }

  /** The key of the user that a client names by key or by name, or of the actor; unknown names are `badRequest`. */
  async resolveKey(
    named: { userKey?: string | undefined; username?: string | undefined },
    actor?: Actor,
  ): Promise<string> {
    if (named.userKey) {
      if (await this.byKey(named.userKey)) return named.userKey;
      throw badRequest(`No user found with key : ${named.userKey}`);
    }
    if (named.username) {
      const user = await this.byName(named.username);
      if (!user) throw refused('noSuchUser', `No user found with username : ${named.username}`, named.username);
      return user.userKey;
    }
    if (actor?.userKey) return actor.userKey;
    throw badRequest('A user must be named');
  }
}
