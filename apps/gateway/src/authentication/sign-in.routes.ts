import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { identity, ServiceError } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { presentActor } from '../users/users.routes.js';
import { setSession } from '../edge/api.js';
import { one, type Query as Parameters } from '../edge/query.js';
import { cookieOf, sessionCookie } from './credentials.js';

/** Signing in and out with a form, as browsers and older scripts do. */
@Controller()
export class SignInRoutes {
  constructor(private readonly messaging: MessagingClient) {}

  /** A browser's form is sent on to `os_destination`; the web application asks for JSON and gets the user. */
  @Post('dologin.action')
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Parameters | undefined,
    @Query() query: Parameters,
  ) {
    const given = (name: string) => one(body ?? {}, name) ?? one(query, name) ?? '';
    const wantsJson = String(request.headers.accept ?? '').includes('application/json');
    const credentials = identity.Credentials.safeParse({
      kind: 'password',
      username: given('os_username'),
      password: given('os_password'),
    });
    try {
      if (!credentials.success) throw new ServiceError('unauthenticated', 'A username and a password are needed');
      const { actor } = await this.messaging.request(identity.authenticate, { credentials: credentials.data });
      const session = await this.messaging.request(identity.createSession, { actor });
      setSession(reply, session.value, given('os_cookie') === 'true' ? session.expiresInMillis / 1_000 : undefined);
      void reply.header('X-AUSERNAME', encodeURIComponent(actor.username)).header('X-Seraph-LoginReason', 'OK');
      return wantsJson ? reply.send(presentActor(actor)) : reply.redirect(localPath(given('os_destination')), 302);
    } catch (error) {
      const isWrong = error instanceof ServiceError && error.code === 'unauthenticated';
      if (wantsJson || !isWrong) throw error;
      return reply.header('X-Seraph-LoginReason', 'AUTHENTICATED_FAILED').redirect('/login?failed=true', 302);
    }
  }

  @Get('logout.action')
  signOutByLink(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.signOut(request, reply);
  }

  @Post('logout.action')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const value = cookieOf(request, sessionCookie);
    if (value) await this.messaging.request(identity.deleteSession, { value });
    setSession(reply, '', 0);
    const wantsJson = String(request.headers.accept ?? '').includes('application/json');
    return wantsJson ? reply.send({}) : reply.redirect('/login', 302);
  }
}

/** Only paths of our own: a sign-in must not send people elsewhere. */
const localPath = (destination: string): string => (/^\/(?![/\\])/.test(destination) ? destination : '/');
