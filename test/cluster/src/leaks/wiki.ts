import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunningCluster, until } from '@tributary/test-servers';
import { cachesAreOn, shortLeases } from '../short-leases.js';
import { Somebody } from './client.js';
import { makeSecret, watchers, type Secret } from './secret.js';

const insiders = 'insiders';
const read = [{ targetType: 'space', operationKey: 'read' }];
const ofTwo = (urls: readonly string[]): [string, string] => {
  const [first, second] = urls;
  if (!first || !second) throw new Error('Two gateways are needed');
  return [first, second];
};

/** A cluster with people who may see different things, and secrets for them. */
export class Wiki {
  private spaces = 0;

  private constructor(
    readonly cluster: RunningCluster,
    readonly administrator: Somebody,
    /** In the group that may see everything, and administers hidden spaces. */
    readonly insider: Somebody,
    /** In that group too, for a while. */
    readonly former: Somebody,
    /** A user as any other. */
    readonly outsider: Somebody,
  ) {}

  /** Where changes are made, and the other gateway. */
  get gateways(): [string, string] {
    return ofTwo(this.cluster.gateways);
  }

  static async start(): Promise<Wiki> {
    const cluster = await RunningCluster.start({ gateways: 2, pages: 2 }, shortLeases);
    const administrator = Somebody.withPassword('admin', cluster.password);
    const [gateway] = ofTwo(cluster.gateways);
    const [insider, former, outsider] = await Promise.all(
      watchers.map(async (userName) => {
        const user = { userName, password: `${userName}-Pass-1`, fullName: userName };
        await administrator.do(gateway, 'POST', '/rest/api/admin/user', user);
        return Somebody.withPassword(userName, user.password);
      }),
    );
    if (!insider || !former || !outsider) throw new Error('Three users are needed');
    await administrator.do(gateway, 'POST', '/rest/api/admin/group', { name: insiders });
    const use = [{ targetType: 'application', operationKey: 'use' }];
    await administrator.do(gateway, 'PUT', '/rest/api/permissions/anonymous/grant', use);
    const wiki = new Wiki(cluster, administrator, insider, former, outsider);
    for (const { name } of [insider, former]) await wiki.join(name);
    await wiki.makeSpace('POINTERS');
    await cachesAreOn(cluster);
    return wiki;
  }

  private change(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.administrator.do(this.gateways[0], method, path, body);
  }

  /** A space that everybody may view, strangers too. */
  private async makeSpace(key: string): Promise<void> {
    await this.change('POST', '/rest/api/space', { key, name: `Space ${key}` });
    await this.change('PUT', `/rest/api/space/${key}/permissions/anonymous/grant`, read);
  }

  join(username: string): Promise<unknown> {
    return this.change('PUT', `/rest/api/user/${username}/group/${insiders}`);
  }

  leave(username: string): Promise<unknown> {
    return this.change('DELETE', `/rest/api/user/${username}/group/${insiders}`);
  }

  /** A secret in an open space of its own, whose home page it is; nothing hides it yet. */
  async openSecret(): Promise<Secret> {
    const key = `OPEN${(this.spaces += 1)}`;
    await this.makeSpace(key);
    const secret = await makeSecret(
      { gateway: this.gateways[0], administrator: this.administrator, pointersSpaceKey: 'POINTERS' },
      key,
      false,
    );
    await this.change('PUT', `/rest/api/space/${key}`, { homepage: { id: secret.id } });
    return secret;
  }

  /** A secret in a space that only insiders may view. */
  async secretInHiddenSpace(): Promise<Secret> {
    const key = `HIDDEN${(this.spaces += 1)}`;
    await this.change('POST', '/rest/api/space/_private', { key, name: `Space ${key}` });
    const secret = await makeSecret(
      { gateway: this.gateways[0], administrator: this.administrator, pointersSpaceKey: 'POINTERS' },
      key,
      true,
    );
    await this.change('POST', `/rest/api/space/${key}/property`, { key: 'shown', value: 1 });
    await this.change('PUT', `/rest/api/space/${key}`, { homepage: { id: secret.id } });
    const administer = [
      ...read,
      { targetType: 'space', operationKey: 'administer' },
      { targetType: 'page', operationKey: 'create' },
    ];
    await this.change('PUT', `/rest/api/space/${key}/permissions/group/${insiders}/grant`, administer);
    return secret;
  }

  /** Gives a hidden space to all users and strangers, or takes it from them. */
  async setOpen(key: string, open: boolean): Promise<void> {
    const change = open ? 'grant' : 'revoke';
    await this.change('PUT', `/rest/api/space/${key}/permissions/group/confluence-users/${change}`, read);
    await this.change('PUT', `/rest/api/space/${key}/permissions/anonymous/${change}`, read);
  }

  /** Only insiders may view the content from now on. */
  restrict(id: string): Promise<unknown> {
    const restrictions = { user: [], group: [{ name: insiders }] };
    return this.change('PUT', `/rest/api/content/${id}/restriction`, [{ operation: 'read', restrictions }]);
  }

  move(id: string, targetId: string): Promise<unknown> {
    return this.change('PUT', `/rest/api/content/${id}/move/append/${targetId}`);
  }

  trash(id: string): Promise<unknown> {
    return this.change('DELETE', `/rest/api/content/${id}`);
  }

  /** A page in an open space. */
  async makePage(title: string, spaceKey: string): Promise<string> {
    return (
      await this.administrator.do(this.gateways[0], 'POST', '/rest/api/content', {
        type: 'page',
        title,
        space: { key: spaceKey },
      })
    ).id;
  }

  /** Until search knows the page, what is below it and the comment. */
  indexed({ word }: Secret): Promise<void> {
    const path = `/rest/api/search?cql=${encodeURIComponent(`text ~ "${word}" and label = "label-${word}" or title ~ "${word}" or type = comment and text ~ "${word}"`)}`;
    return until('the index', async () => {
      const { totalSize } = await this.administrator.do<{ totalSize: number }>(this.gateways[0], 'GET', path);
      return totalSize >= 3;
    });
  }

  /** Every route that a gateway registered, as it wrote them into its log: `GET /rest/api/content/:id`. */
  async routes(): Promise<string[]> {
    const log = await readFile(join(this.cluster.dataDir, 'logs', 'gateway-1.log'), 'utf8');
    const routes = [...log.matchAll(/Mapped \{([^,]+), ([A-Z]+)\} route/g)].map(
      ([, path, method]) => `${method} ${path}`,
    );
    if (routes.length < 100) throw new Error(`The gateway's log names ${routes.length} routes only`);
    // An older name of the same API, which is rewritten before routes are looked for.
    return routes.map((route) => route.replace('/rest/experimental/', '/rest/api/'));
  }
}
