import { Injectable } from '@nestjs/common';
import {
  ServiceError,
  unavailable,
  type AnyRequestContract,
  type ReplyOf,
  type RequestInputOf,
} from '@tributary/contracts';
import { MessagingClient, type RequestOptions } from '@tributary/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../authentication/authenticator.js';
import type { Caller } from '../authentication/caller.js';
import { sessionCookie } from '../authentication/credentials.js';
import { GatewayContext } from '../gateway-context.js';
import { baseUrlOf } from './base-url.js';
import { traceparentOf } from './trace-requests.js';
import { BasedBytes } from './based-bytes.js';

/** What a route adds to a request: all but who asks. */
export type Input<C extends AnyRequestContract> = Omit<RequestInputOf<C>, 'actor'>;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** How often a read is repeated because the actor's rights changed while it was answered. */
const readAttemptsMax = 3;

/** How a route gets from a request to an answer: who asks, may the request change anything, ask the owner. */
@Injectable()
export class Api {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly messaging: MessagingClient,
    private readonly context: GatewayContext,
  ) {}

  /**
   * Who sent the request; refuses changes that a foreign page could have made the browser send. `reply` gets the headers that tell
   * the client who it was taken for.
   */
  identify(request: FastifyRequest, reply?: FastifyReply): Caller | Promise<Caller> {
    const known = this.authenticator.known(request);
    return known ? this.admit(request, reply, known) : this.authenticateAndAdmit(request, reply);
  }

  /** As identify, for what strangers may only use where the site is open to them. */
  async identifyUser(request: FastifyRequest, reply?: FastifyReply): Promise<Caller> {
    const caller = await this.identify(request, reply);
    requireSignIn(caller);
    return caller;
  }

  /** Asks on behalf of whoever sent the request. What a read answers was allowed by rights that held after it was read (R10). */
  ask<C extends AnyRequestContract>(
    request: FastifyRequest,
    reply: FastifyReply,
    contract: C,
    input: Input<C>,
  ): Promise<ReplyOf<C>> {
    return this.answerFor(request, reply, contract, input, (asked, options) =>
      this.messaging.request(contract, asked, options),
    );
  }

  /** As `ask`, for an answer that is passed on as JSON unread; only the marks of the base URL are replaced. */
  async pass<C extends AnyRequestContract>(
    request: FastifyRequest,
    reply: FastifyReply,
    contract: C,
    input: Input<C>,
  ): Promise<Buffer> {
    const { bytes } = await this.answerFor(request, reply, contract, input, (asked, options) =>
      this.messaging.requestRaw(contract, asked, options),
    );
    reply.header('content-type', 'application/json; charset=utf-8');
    return new BasedBytes(bytes).for(baseUrlOf(request, this.context.config.baseUrl));
  }

  private async answerFor<C extends AnyRequestContract, T>(
    request: FastifyRequest,
    reply: FastifyReply,
    contract: C,
    input: Input<C>,
    send: (asked: RequestInputOf<C>, options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    let caller = await this.identifyUser(request, reply);
    const options = { traceparent: traceparentOf(request) };
    for (let attempt = 1; attempt <= readAttemptsMax; attempt += 1) {
      const answer = await send({ actor: caller.actor, ...input } as RequestInputOf<C>, options);
      if (!contract.safe || caller.isCurrent()) return answer;
      const now = await this.authenticator.authenticate(request);
      if (now.rightsKey === caller.rightsKey) return answer;
      caller = now;
    }
    throw unavailable('The rights of the user are changing: try again');
  }

  private async authenticateAndAdmit(request: FastifyRequest, reply: FastifyReply | undefined): Promise<Caller> {
    return this.admit(request, reply, await this.authenticator.authenticate(request));
  }

  private admit(request: FastifyRequest, reply: FastifyReply | undefined, caller: Caller): Caller | Promise<Caller> {
    if (caller.kind === 'session' && !safeMethods.has(request.method)) refuseForeign(request);
    if (caller.kind === 'anonymous' && (request.query as Record<string, unknown>)['os_authType'] === 'basic') {
      throw new ServiceError('unauthenticated', 'Authentication is needed');
    }
    if (!reply) return caller;
    reply.header('x-ausername', caller.shownName);
    if (caller.kind !== 'anonymous') reply.header('x-seraph-loginreason', 'OK');
    const session = caller.newSession();
    if (!session) return caller;
    if (typeof session === 'string') {
      setSession(reply, session);
      return caller;
    }
    return session.then((value) => {
      if (value) setSession(reply, value);
      return caller;
    });
  }
}

/** Refuses strangers where nothing was granted to them, as Confluence does: they may have an account that could see more. */
export function requireSignIn(caller: Caller): void {
  if (caller.kind === 'anonymous' && !caller.actor.permissions.includes('use')) {
    throw new ServiceError('unauthenticated', 'Client must be authenticated to access this resource.');
  }
}

export function setSession(reply: FastifyReply, value: string, secondsMax?: number): void {
  const age = secondsMax === undefined ? '' : `; Max-Age=${Math.floor(secondsMax)}`;
  void reply.header('Set-Cookie', `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax${age}`);
}

/** Confluence's guard against requests forged by other sites. */
export function refuseForeign(request: FastifyRequest): void {
  const token = String(request.headers['x-atlassian-token'] ?? '').toLowerCase();
  if (token !== 'no-check' && token !== 'nocheck') throw new ServiceError('forbidden', 'XSRF check failed');
}
