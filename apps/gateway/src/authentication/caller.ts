import type { Actor, identity } from '@tributary/contracts';
import type { FastifyRequest } from 'fastify';
import type { Authenticator } from './authenticator.js';
import { cookieOf, sessionCookie } from './credentials.js';

/** An outcome of proving credentials; one object per cache entry, so that being the same object means being current. */
export interface Proven {
  readonly actor: Actor;
  readonly kind: identity.Credentials['kind'];
  /** The username as a header can carry it. */
  readonly shownName: string;
  /** The same for the same user with the same rights. */
  readonly rightsKey: string;
  /** On this process's monotonic clock. */
  readonly expiresAt: number;
  /** Value of a session for the cookie; while it is being made, the promise of it. */
  session?: string | Promise<string | undefined>;
}

/** Who sent a request. */
export class Caller {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly key: string,
    private readonly proven: Proven,
    private readonly request: FastifyRequest,
  ) {}

  get actor(): Actor {
    return this.proven.actor;
  }

  get kind(): identity.Credentials['kind'] {
    return this.proven.kind;
  }

  get shownName(): string {
    return this.proven.shownName;
  }

  get rightsKey(): string {
    return this.proven.rightsKey;
  }

  /** Whether what is known of the actor still holds at this moment. */
  isCurrent(): boolean {
    return this.authenticator.isCurrent(this.key, this.proven);
  }

  /**
   * Value of a session for the cookie of somebody who came with a password and no cookie. Made once for each outcome that the
   * cache keeps: without caches every request would write one.
   */
  newSession(): string | Promise<string | undefined> | undefined {
    if (this.kind !== 'password' || cookieOf(this.request, sessionCookie) || !this.isCurrent()) return undefined;
    return (this.proven.session ??= this.openSession());
  }

  private async openSession(): Promise<string | undefined> {
    const session = await this.authenticator.openSession(this.actor);
    this.proven.session = session;
    return session;
  }
}
