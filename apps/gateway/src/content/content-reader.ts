import { Injectable } from '@nestjs/common';
import { ClusterMember, type NearCache } from '@tributary/cluster';
import { pages, ServiceError, tags, unavailable, type Actor } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../authentication/authenticator.js';
import type { Caller } from '../authentication/caller.js';
import { BasedBytes } from '../edge/based-bytes.js';
import type { ContentQuestion } from './content-question.js';

const decisionBytes = 300;
const decisionsBytesMax = 16 * 1024 * 1024;
/** How often a read begins anew because rights changed while it was under way. */
const attemptsMax = 3;

/** A cached answer, or the knowledge that each reader has one of their own. */
type Shared = BasedBytes | 'per actor';

/**
 * Reads one content as bytes: first the content, then whether this actor may see it (rule R10), both from caches where they hold.
 * One entry of bytes serves all readers whose answer is the same; decisions are each reader's own.
 */
@Injectable()
export class ContentReader {
  private readonly answers: NearCache<Shared>;
  private readonly decisions: NearCache<boolean>;

  constructor(
    private readonly messaging: MessagingClient,
    private readonly authenticator: Authenticator,
    member: ClusterMember,
  ) {
    this.answers = member.cache({ name: 'gateway.contents', same: sameAnswer });
    this.decisions = member.cache({ name: 'gateway.decisions', bytesMax: decisionsBytesMax });
  }

  /**
   * The answer, when it, the decision and what is known of the caller are all cached at this one moment: then no order among them
   * can be wrong.
   */
  peek(caller: Caller, question: ContentQuestion): BasedBytes | undefined {
    const shared = this.answers.peek(question.key);
    if (shared === undefined) return undefined;
    const answer = shared === 'per actor' ? this.answers.peek(ownKey(question, caller)) : shared;
    if (!(answer instanceof BasedBytes) || this.decisions.peek(decisionKey(question.id, caller)) !== true)
      return undefined;
    return caller.isCurrent() ? answer : undefined;
  }

  async read(request: FastifyRequest, first: Caller, question: ContentQuestion): Promise<BasedBytes> {
    let caller = first;
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const answer = await this.attempt(caller, question);
      if (caller.isCurrent()) return answer;
      const now = await this.authenticator.authenticate(request);
      if (now.rightsKey === caller.rightsKey) return answer;
      caller = now;
    }
    throw unavailable('The rights of the user are changing: try again');
  }

  private async attempt(caller: Caller, question: ContentQuestion): Promise<BasedBytes> {
    const own = ownKey(question, caller);
    const shared = this.answers.peek(question.key);
    const cached = shared === 'per actor' ? this.answers.peek(own) : shared;
    if (cached instanceof BasedBytes) {
      await this.requireView(caller, question.id);
      return cached;
    }
    return this.load(shared === 'per actor' ? own : question.key, own, caller, question);
  }

  /** Asks the owner, which reads first and decides about this actor then: both outcomes are kept. */
  private async load(key: string, own: string, caller: Caller, question: ContentQuestion): Promise<BasedBytes> {
    let loaded: BasedBytes | undefined;
    let decided: readonly string[] | undefined;
    const loadAnswer = () =>
      this.answers.get(key, async () => {
        const { actor } = caller;
        const raw = await this.messaging.requestRaw(pages.getContent, inputOf(question, actor));
        loaded = new BasedBytes(raw.bytes);
        decided = raw.decisionDependsOn;
        const isShared = key !== own;
        const value = raw.perActor && isShared ? ('per actor' as const) : loaded;
        const again = () => this.askAgain(question, actor, isShared);
        return { value, dependsOn: raw.dependsOn, sizeBytes: loaded.sizeBytes, again };
      }, [tags.content(question.id)]);
    await this.decisions.get(decisionKey(question.id, caller), async () => {
      await loadAnswer();
      // Without an answer of its own somebody else's was kept meanwhile: it says nothing about this actor.
      if (!decided) return this.decide(caller.actor, question.id);
      const { actor } = caller;
      const again = async () => (await this.decide(actor, question.id)).value;
      return { value: true, dependsOn: decided, sizeBytes: decisionBytes, again };
    });
    if (!loaded) await loadAnswer();
    return loaded ?? this.attempt(caller, question);
  }

  private async askAgain(question: ContentQuestion, actor: Actor, isShared: boolean): Promise<Shared> {
    const raw = await this.messaging.requestRaw(pages.getContent, inputOf(question, actor));
    return raw.perActor && isShared ? 'per actor' : new BasedBytes(raw.bytes);
  }

  private async requireView(caller: Caller, id: string): Promise<void> {
    const key = decisionKey(id, caller);
    const known = this.decisions.peek(key);
    const allowed = known ?? (await this.decisions.get(key, () => this.decide(caller.actor, id)));
    if (!allowed) throw new ServiceError('notFound', `No content found with id: ContentId{id=${id}}`);
  }

  private async decide(actor: Actor, id: string) {
    const { value, dependsOn } = await this.messaging.requestAnswer(pages.mayView, { actor, id });
    const again = async () => (await this.messaging.request(pages.mayView, { actor, id })).allowed;
    return { value: value.allowed, dependsOn, sizeBytes: decisionBytes, again };
  }
}

const sameAnswer = (one: Shared, other: Shared): boolean =>
  one instanceof BasedBytes && other instanceof BasedBytes ? one.equals(other) : one === other;

/** An answer of one reader's own holds what their rights showed them, so it goes with these. */
const ownKey = (question: ContentQuestion, caller: Caller): string => `${question.key}|${caller.rightsKey}`;

const decisionKey = (id: string, caller: Caller): string => `${id}|${caller.rightsKey}`;

const inputOf = ({ id, status, version, expand, locale }: ContentQuestion, actor: Actor) => ({
  actor,
  id,
  version,
  locale,
  expand: [...expand],
  ...(status ? { status: [...status] } : {}),
});
