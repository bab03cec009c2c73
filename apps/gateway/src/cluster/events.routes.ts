import { Controller, Get, Req, Res } from '@nestjs/common';
import { administration } from '@tributary/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Api } from '../edge/api.js';
import { Asked, Call } from '../edge/call.js';
import { GatewayContext } from '../gateway-context.js';
import { EventStreams } from './event-streams.js';

/** What happens in the cluster, as server-sent events for system administrators. */
@Controller('rest/tributary/1/cluster')
export class EventRoutes {
  constructor(
    private readonly api: Api,
    private readonly streams: EventStreams,
    private readonly context: GatewayContext,
  ) {}

  @Get('events')
  async events(@Asked() call: Call, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { nodes } = await call.ask(administration.listNodes, {});
    const stream = this.streams.start({
      known: nodes,
      looks: (signal) => this.context.watchCluster(nodes, signal),
      mayGoOn: async () => !this.context.draining && (await this.maySee(request)),
    });
    // Proxies that collect answers before they pass them on would keep everything.
    return reply.header('X-Accel-Buffering', 'no').type('text/event-stream; charset=utf-8').send(stream);
  }

  /** Asked again while the stream lasts: rights may be taken away, sessions end. */
  private async maySee(request: FastifyRequest): Promise<boolean> {
    try {
      const { actor } = await this.api.identify(request);
      return actor.permissions.includes('systemAdminister');
    } catch (error) {
      this.context.logger.debug({ err: error }, 'a stream of events ends');
      return false;
    }
  }
}
