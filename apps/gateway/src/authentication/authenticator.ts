import { hash, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { ClusterMember, type NearCache } from '@tributary/cluster';
import { identity, rightsKeyOf, ServiceError, type Actor } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { FastifyRequest } from 'fastify';
import { GatewayContext } from '../gateway-context.js';
import { Caller, type Proven } from './caller.js';
import { cookieOf, credentialsOf, sessionCookie } from './credentials.js';

const cacheBytesMax = 16 * 1024 * 1024;
const entryBytes = 1_500;
const anonymousKey = 'anonymous';
/** A session for somebody who came with a password is a convenience: the request doesn't wait long for it. */
const sessionMillisMax = 1_000;

/** Finds out who sent a request; a cached outcome costs no message. */
@Injectable()
export class Authenticator {
  private readonly cache: NearCache<Proven>;
  private readonly secret: string;

  constructor(
    private readonly messaging: MessagingClient,
    member: ClusterMember,
    private readonly context: GatewayContext,
  ) {
    this.cache = member.cache({ name: 'gateway.authentications', bytesMax: cacheBytesMax, same: sameRights });
    this.secret = context.config.secret ?? randomBytes(32).toString('hex');
  }

  /** Who sent a request if that is known at this moment, without asking anybody. */
  known(request: FastifyRequest): Caller | undefined {
    const key = this.keyOf(request);
    const proven = this.unexpired(key);
    return proven && new Caller(this, key, proven, request);
  }

  async authenticate(request: FastifyRequest): Promise<Caller> {
    const key = this.keyOf(request);
    const known = this.unexpired(key);
    if (known) return new Caller(this, key, known, request);
    const credentials = credentialsOf(request);
    try {
      return new Caller(this, key, await this.prove(key, credentials), request);
    } catch (error) {
      // A session that has ended makes a stranger of its user, not a wrongdoer: their browser goes on sending the cookie.
      const hasEnded =
        credentials.kind === 'session' && error instanceof ServiceError && error.code === 'unauthenticated';
      if (!hasEnded) throw error;
      return new Caller(this, anonymousKey, await this.prove(anonymousKey, { kind: 'anonymous' }), request);
    }
  }

  isCurrent(key: string, proven: Proven): boolean {
    return this.unexpired(key) === proven;
  }

  /** A new session's value; undefined when none could be made: the request itself was proven otherwise and goes on. */
  async openSession(actor: Actor): Promise<string | undefined> {
    try {
      return (await this.messaging.request(identity.createSession, { actor }, { deadlineMillis: sessionMillisMax }))
        .value;
    } catch (error) {
      this.context.logger.warn({ err: error }, 'no session could be made');
      return undefined;
    }
  }

  private unexpired(key: string): Proven | undefined {
    const proven = this.cache.peek(key);
    return proven && (proven.expiresAt === Infinity || proven.expiresAt > performance.now()) ? proven : undefined;
  }

  private async prove(key: string, credentials: identity.Credentials): Promise<Proven> {
    const load = async () => {
      const { value, dependsOn } = await this.messaging.requestAnswer(identity.authenticate, { credentials });
      const expiresAt = value.expiresInMillis === null ? Infinity : performance.now() + value.expiresInMillis;
      const { actor } = value;
      const shownName = encodeURIComponent(actor.username);
      const rightsKey = rightsKeyOf(actor);
      const proven: Proven = { actor, kind: credentials.kind, shownName, rightsKey, expiresAt };
      return { value: proven, dependsOn, sizeBytes: entryBytes, again: () => this.askAgain(proven) };
    };
    const proven = await this.cache.get(key, load);
    if (proven.expiresAt <= performance.now()) {
      throw new ServiceError('unauthenticated', 'The session or token has ended');
    }
    return proven;
  }

  /** What is known of the actor, without the credentials, which aren't kept: that these still hold is not looked at. */
  private async askAgain(proven: Proven): Promise<Proven> {
    const { userKey } = proven.actor;
    const { actor } = await this.messaging.request(identity.currentActor, { userKey });
    return { ...proven, actor: actor ?? { ...proven.actor, username: '' } };
  }

  /**
   * A digest with a key of this installation of what the request shows, unread: so that neither a lookup has to read it, nor a
   * dump of the memory shows a password. Names a place in the cache only; no outside ever sees it.
   */
  private keyOf(request: FastifyRequest): string {
    const { authorization } = request.headers;
    if (authorization) return hash('sha256', `${this.secret}\n${authorization}`, 'base64');
    const session = cookieOf(request, sessionCookie);
    return session ? hash('sha256', `${this.secret}\n${sessionCookie} ${session}`, 'base64') : anonymousKey;
  }
}

/** The order of groups and permissions means nothing. */
const sameRights = ({ actor: one }: Proven, { actor: other }: Proven): boolean =>
  one.username === other.username &&
  one.displayName === other.displayName &&
  isDeepStrictEqual(new Set(one.groups), new Set(other.groups)) &&
  isDeepStrictEqual(new Set(one.permissions), new Set(other.permissions));
