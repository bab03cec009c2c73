import type { ClusterMember, NearCache } from '@tributary/cluster';
import type { AnyRequestContract, ReplyOf, RequestInputOf } from '@tributary/contracts';
import type { MessagingClient } from '@tributary/messaging';

const cacheBytesMax = 64 * 1024;
const entryBytes = 500;
const key = 'site';

/**
 * What an owner answers about the whole site, the same to everybody, to a question that asks for nothing more. Cached like everything
 * else: dropped here before a change of it commits.
 */
export class SiteAnswer<C extends AnyRequestContract> {
  private readonly cache: NearCache<ReplyOf<C>>;

  constructor(
    private readonly messaging: MessagingClient,
    member: ClusterMember,
    private readonly contract: C,
    cacheName: string,
  ) {
    this.cache = member.cache({ name: cacheName, bytesMax: cacheBytesMax });
  }

  /** Rejects with `unavailable` when it isn't known and its owner doesn't answer. */
  get(): Promise<ReplyOf<C>> {
    const input = {} as RequestInputOf<C>;
    return this.cache.get(key, async () => {
      const { value, dependsOn } = await this.messaging.requestAnswer(this.contract, input);
      const again = () => this.messaging.request(this.contract, input);
      return { value, dependsOn, sizeBytes: entryBytes + 2 * JSON.stringify(value).length, again };
    });
  }
}
