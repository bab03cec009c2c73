import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Api } from '../edge/api.js';
import { Asked, Call } from '../edge/call.js';
import { one, type Query as Parameters } from '../edge/query.js';
import { GatewayContext } from '../gateway-context.js';
import { ReaderStreams } from './reader-streams.js';

const spaceKeyLengthMax = 255;

/** What changes of that which a reader looks at, as server-sent events. Contents are asked for where they are; here are ids alone. */
@Controller('rest/tributary/1/events')
export class LiveRoutes {
  constructor(
    private readonly api: Api,
    private readonly streams: ReaderStreams,
    private readonly context: GatewayContext,
  ) {}

  /** `content`: the id of the page that is read; `space`: the key of the space whose tree is shown. */
  @Get()
  async events(
    @Asked() call: Call,
    @Query() query: Parameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { actor, rightsKey } = await call.identifyUser();
    const contentId = one(query, 'content');
    const spaceKey = one(query, 'space');
    if (contentId !== undefined && !/^\d{1,18}$/.test(contentId)) throw badRequest('content must be an id');
    if (spaceKey !== undefined && spaceKey.length > spaceKeyLengthMax) throw badRequest('space must be a key');
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const stream = this.streams.start({
      gone: gone.signal,
      who: actor.userKey ?? request.ip,
      nodeId: this.context.config.nodeId,
      contentId,
      spaceKey,
      see: async (ids) => (await call.ask(pages.seeChanges, { ids })).changes,
      mayGoOn: async () => !this.context.draining && (await this.isStill(request, rightsKey)),
    });
    // Proxies that collect answers before they pass them on would keep everything.
    return reply
      .header('X-Accel-Buffering', 'no')
      .header('Cache-Control', 'no-store')
      .type('text/event-stream; charset=utf-8')
      .send(stream);
  }

  /** Rights may change and sessions end while a stream lasts: the browser then opens the next one as who it is now. */
  private async isStill(request: FastifyRequest, rightsKey: string): Promise<boolean> {
    try {
      return (await this.api.identifyUser(request)).rightsKey === rightsKey;
    } catch (error) {
      this.context.logger.debug({ err: error }, 'a stream of events ends');
      return false;
    }
  }
}
