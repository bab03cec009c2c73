import { Controller, Get, Injectable, Res, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { identity, pages, type Actor } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import { version } from '@tributary/platform';
import type { FastifyReply } from 'fastify';
import { Asked, Call } from '../edge/call.js';
import { baseUrlMark } from '@tributary/contracts';
import { GatewayContext } from '../gateway-context.js';

/** Whose REST API this is: clients choose by it what they may ask (space permissions came with 9.1). */
const confluenceVersion = '9.2.0';
/** How often the services behind are asked whether they answer, and how long an answer counts. */
const probeMillis = 1_000;
const probeDeadlineMillis = 2_000;
const nobody: Actor = { userKey: null, username: 'anonymous', displayName: '', groups: [], permissions: [] };

/** `FIRST_RUN`: it serves, and nobody has set the wiki up yet. */
export type State = 'STARTING' | 'FIRST_RUN' | 'RUNNING' | 'STOPPING' | 'ERROR';

/** Knows whether this gateway can serve: NATS is there, and identity and pages (with their database) answered a moment ago. */
@Injectable()
export class Readiness implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private lastAnswerAt = -Infinity;
  private everAnswered = false;
  private isSetUp = false;

  constructor(
    private readonly messaging: MessagingClient,
    private readonly context: GatewayContext,
  ) {}

  onModuleInit(): void {
    const probe = async (): Promise<void> => {
      await this.probe();
      this.timer = setTimeout(() => void probe(), probeMillis);
    };
    void probe();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  state(): State {
    if (this.context.draining) return 'STOPPING';
    if (!this.everAnswered) return 'STARTING';
    const fresh = performance.now() - this.lastAnswerAt < probeMillis + 2 * probeDeadlineMillis;
    if (!fresh || !this.context.isConnected()) return 'ERROR';
    return this.isSetUp ? 'RUNNING' : 'FIRST_RUN';
  }

  private async probe(): Promise<void> {
    const startedAt = performance.now();
    const options = { deadlineMillis: probeDeadlineMillis };
    try {
      const [site] = await Promise.all([
        // It is set up once and for all.
        this.isSetUp ? undefined : this.messaging.request(identity.getSite, {}, options),
        this.messaging.request(identity.authenticate, { credentials: { kind: 'anonymous' } }, options),
        this.messaging.request(pages.allowedContents, { actor: nobody, ids: ['1'], operation: 'read' }, options),
      ]);
      this.lastAnswerAt = startedAt;
      this.isSetUp ||= site?.needsSetup === false;
      this.everAnswered = true;
    } catch (error) {
      this.context.logger.debug({ err: error }, 'the services behind do not answer');
    }
  }
}

const serving: ReadonlySet<State> = new Set(['RUNNING', 'FIRST_RUN']);

@Controller()
export class StatusRoutes {
  constructor(private readonly readiness: Readiness) {}

  /** For load balancers; says nothing that a stranger may not know. Whoever sets the wiki up comes through them too, so its first run is 200. */
  @Get('status')
  status(@Res({ passthrough: true }) reply: FastifyReply) {
    const state = this.readiness.state();
    void reply.header('Cache-Control', 'no-store').status(serving.has(state) ? 200 : 503);
    return { state };
  }

  @Get('rest/api/server-information')
  async serverInformation(@Asked() call: Call) {
    await call.identify();
    return {
      baseUrl: baseUrlMark,
      version: confluenceVersion,
      buildNumber: 1,
      marketplaceBuildNumber: 1,
      buildDate: '',
      tributaryVersion: version,
    };
  }
}
