import { Controller, Get, Req, Res } from '@nestjs/common';
import { metrics, metricsMediaType } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Asked, Call } from '../edge/call.js';

const loopback = /^(127\.|::1$|::ffff:127\.)/;
/** What proxies add: a request that came through one on this machine came from elsewhere. */
const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** This gateway's figures for Prometheus: for this machine, and for system administrators from elsewhere. */
@Controller()
export class MetricsRoutes {
  @Get('metrics')
  async metrics(@Asked() call: Call, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    if (!isLocal(request)) await call.identifySystemAdministrator();
    return reply.type(metricsMediaType).send(await metrics.text());
  }
}

/** Whether a request comes from a process of this machine, with nobody in between who says otherwise. */
export const isLocal = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): boolean =>
  loopback.test(ip) && forwardingHeaders.every((name) => headers[name] === undefined);
