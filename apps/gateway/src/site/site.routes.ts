import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ClusterMember } from '@tributary/cluster';
import { identity } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import { objectOf, textAt, type Json } from '../edge/bodies.js';
import { Asked, Call } from '../edge/call.js';
import { SiteAnswer } from './site-answer.js';

/** What the site is called, and its first set-up. */
@Controller('rest/tributary/1/site')
export class SiteRoutes {
  private readonly known: SiteAnswer<typeof identity.getSite>;

  constructor(
    private readonly messaging: MessagingClient,
    member: ClusterMember,
  ) {
    this.known = new SiteAnswer(messaging, member, identity.getSite, 'gateway.site');
  }

  /** For everybody, the sign-in screen's readers included. */
  @Get()
  site() {
    return this.known.get();
  }

  /** `{"name": "Handbook", "language": "ja"}`, by an administrator; the language is `en` or `ja`. */
  @Put()
  @HttpCode(204)
  async rename(@Asked() call: Call, @Body() body: unknown) {
    const given = objectOf(body);
    await call.ask(identity.renameSite, { name: textAt(given, 'name') ?? '', language: languageIn(given) });
  }

  /** By whoever knows the set-up code, once; the operator finds it where the site was started. */
  @Post('setup')
  @HttpCode(204)
  async setUp(@Body() body: unknown) {
    const given = objectOf(body);
    const field = (name: string): string => textAt(given, name) ?? '';
    await this.messaging.request(identity.setUp, {
      code: field('code'),
      siteName: field('siteName'),
      language: languageIn(given),
      username: field('username'),
      displayName: field('displayName'),
      password: field('password'),
    });
  }
}

/** Held against the contract's languages where it is used. */
const languageIn = (given: Json) => textAt(given, 'language') as identity.Site['language'] | undefined;
