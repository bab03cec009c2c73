import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClusterMember, NodeAgent, watchCluster } from '@tributary/cluster';
import { pages } from '@tributary/contracts';
import { connectNats, hearEvents, MessagingClient } from '@tributary/messaging';
import { openObjectStore } from '@tributary/object-store';
import {
  createLogger,
  readServiceConfig,
  runService,
  sleep,
  type Logger,
  type ProcessLife,
  type RunningService,
  type ServiceConfig,
} from '@tributary/platform';
import { recordRoutes, refuseAttachmentsAsContents, registerMissing } from './catalogue/not-implemented.js';
import { refuseWritesWhenReadOnly, SiteModes } from './cluster/site-mode.js';
import { Api } from './edge/api.js';
import { ErrorsFilter } from './edge/errors.filter.js';
import { serverOptions, shapeAnswers } from './edge/http-server.js';
import { traceRequests } from './edge/trace-requests.js';
import { GatewayContext } from './gateway-context.js';
import { GatewayModule } from './gateway.module.js';
import { ReaderStreams } from './live/reader-streams.js';

/** How long a stopping gateway goes on answering, so that load balancers notice before it closes its port. */
const noticeMillis = 1_000;

const config = readServiceConfig({ TRIBUTARY_SERVICE: 'gateway', ...process.env });
const logger = createLogger(config);
await runService(config, logger, (life) => startGateway(config, logger, life));

async function startGateway(settings: ServiceConfig, log: Logger, life: ProcessLife): Promise<RunningService> {
  const connection = await connectNats(settings, log);
  const address = `http://${settings.host}:${settings.port}`;
  const agent = new NodeAgent({ connection, config: settings, logger: log, address, life });
  const member = await ClusterMember.join({ connection, caches: true, config: settings, logger: log, address });
  agent.follow(member);
  member.registered().catch((error: Error) => life.fail(error));
  const files = settings.objectStore ? openObjectStore(settings.objectStore) : undefined;
  const messaging = new MessagingClient(connection);
  const context = new GatewayContext(
    settings,
    log,
    files,
    () => messaging.isConnected,
    (known, signal) => watchCluster(connection, { leaseMillis: settings.leaseMillis, known, signal }),
    (listener) => hearEvents(connection, pages.contentChanged, ({ ids }) => listener(ids)),
  );
  const adapter = new FastifyAdapter(serverOptions);
  const module = GatewayModule.create(context, member, messaging);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: log.nest,
    abortOnError: false,
    // Bodies are read as body-parsers.ts says, not as Nest would.
    bodyParser: false,
  });
  traceRequests(adapter);
  shapeAnswers(adapter, context, app.get(Api));
  refuseWritesWhenReadOnly(adapter, app.get(SiteModes));
  refuseAttachmentsAsContents(adapter);
  const routes = recordRoutes(adapter);
  app.useGlobalFilters(new ErrorsFilter(log));
  await app.init();
  registerMissing(adapter, routes);
  await app.listen(settings.port, settings.host);
  return {
    async drain() {
      context.draining = true;
      app.get(ReaderStreams).close();
    },
    async close() {
      context.draining = true;
      await sleep(noticeMillis);
      // Browsers go on with another gateway; an open stream would keep this one.
      app.get(ReaderStreams).close();
      await app.close();
      await member.leave();
      agent.stop();
      await connection.drain();
    },
  };
}
