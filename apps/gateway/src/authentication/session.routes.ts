import { Controller, Get } from '@nestjs/common';
import { version } from '@tributary/platform';
import { Asked, Call } from '../edge/call.js';
import { GatewayContext } from '../gateway-context.js';
import { presentActor } from '../users/users.routes.js';

/** What a gateway takes whoever asks for: the web application shows it, and chooses by it what it offers. */
@Controller('rest/tributary/1/session')
export class SessionRoutes {
  constructor(private readonly context: GatewayContext) {}

  @Get()
  async session(@Asked() call: Call) {
    const { actor, kind } = await call.identify();
    return {
      user: presentActor(actor),
      kind,
      groups: actor.groups,
      permissions: actor.permissions,
      node: { nodeId: this.context.config.nodeId, version },
    };
  }
}
