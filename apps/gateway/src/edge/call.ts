import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { requireSystemAdministrator, type AnyRequestContract, type ReplyOf } from '@tributary/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../authentication/caller.js';
import { refuseForeign, type Api, type Input } from './api.js';
import { listOf, scanOf, type Page, type Part } from './lists.js';
import { localeOf } from './locale.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** How routes get from a request to an answer; set once at start. */
    api: Api;
  }
}

/** One request on its way to its answer: all that a route needs of it beside its parameters. */
export class Call {
  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    private readonly api: Api,
  ) {}

  /** The reader's language. */
  get locale(): 'en' | 'ja' {
    return localeOf(this.request);
  }

  /** Asks the service that owns the data, on behalf of whoever sent the request. */
  ask<C extends AnyRequestContract>(contract: C, input: Input<C>): Promise<ReplyOf<C>> {
    return this.api.ask(this.request, this.reply, contract, input);
  }

  /** As `ask`, for an answer that is all that the client gets, its own links included. */
  pass<C extends AnyRequestContract>(contract: C, input: Input<C>): Promise<Buffer> {
    return this.api.pass(this.request, this.reply, contract, input);
  }

  /** Who sent the request; may be a stranger. */
  identify(): Caller | Promise<Caller> {
    return this.api.identify(this.request, this.reply);
  }

  /** Who sent the request; strangers only where the site is open to them. */
  identifyUser(): Promise<Caller> {
    return this.api.identifyUser(this.request, this.reply);
  }

  /** For what no service is asked about: `unauthenticated` or `forbidden` for everybody else. */
  async identifySystemAdministrator(): Promise<Caller> {
    const caller = await this.identifyUser();
    requireSystemAdministrator(caller.actor);
    return caller;
  }

  /** Refuses what a foreign page could have made the browser send. */
  refuseForeign(): void {
    refuseForeign(this.request);
  }

  /** A part of a list in its envelope. */
  list<T>(page: Page<T>, part: Part) {
    return listOf(this.request, page, part);
  }

  /** A part of a list that pages by cursor. */
  scan<T>(results: T[], nextCursor: string | null, limit: number) {
    return scanOf(this.request, results, nextCursor, limit);
  }
}

/** A route's parameter that is the call. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  return new Call(request, http.getResponse<FastifyReply>(), request.server.api);
});
