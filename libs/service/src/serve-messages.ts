import type { DynamicModule, ForwardReference, Type } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClusterMember } from '@tributary/cluster';
import type { ServiceName } from '@tributary/contracts';
import { DatabaseModule, openDatabase, OutboxRelay, Writes, type DatabaseOptions } from '@tributary/database';
import { connectNats, ensureEventStream, MessagingModule, MessagingServer, PassErrors } from '@tributary/messaging';
import {
  backoffMillis,
  createLogger,
  HealthServer,
  readServiceConfig,
  runService,
  sleep,
  type Logger,
  type RunningService,
  type ServiceConfig,
} from '@tributary/platform';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';

/** What a service with a database is made of; everything else about its process is the same for all. */
export interface ServiceParts {
  readonly name: ServiceName;
  readonly database: DatabaseOptions;
  /** Whether it keeps near caches; a service that doesn't is never waited for by writes. */
  readonly caches?: boolean;
  /** Whether its migrations make an outbox; most do. */
  readonly publishesEvents?: boolean;
  /** Its features. Providers may ask for DataSource, Writes, MessagingClient, ClusterMember and ServiceContext. */
  readonly modules: readonly (Type | DynamicModule | ForwardReference)[];
  /** Runs after the migrations and before the first request: first data, consumers. Its outcome is stopped at the end. */
  readonly afterStart?: (context: StartedContext) => Promise<{ stop(): Promise<void> } | void>;
}

export interface StartedContext {
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly connection: NatsConnection;
  readonly source: DataSource;
  get<T>(token: Type<T>): T;
}

/** The process's configuration and logger, for providers. */
export class ServiceContext {
  constructor(
    readonly config: ServiceConfig,
    readonly logger: Logger,
    readonly connection: NatsConnection,
  ) {}
}

/** Runs a message-answering service as a process: `main.ts` of every such service is one call. */
export async function serveMessages(parts: ServiceParts): Promise<void> {
  const config = readServiceConfig({ TRIBUTARY_SERVICE: parts.name, ...process.env });
  const logger = createLogger(config);
  await runService(logger, () => startService(parts, config, logger));
}

/** Starts the service inside this process, for `serveMessages` and for tests with real servers. */
export async function startService(
  parts: ServiceParts,
  config: ServiceConfig,
  logger: Logger,
): Promise<RunningService> {
  let ready = false;
  const health = await HealthServer.listen(config.host, config.port, () => ready);
  const connection = await connectNats(config, logger);
  const source = await openWhenReachable(config, parts.database, logger);
  await ensureEventStream(connection, config.natsReplicas);
  const member = await ClusterMember.join({
    connection,
    config,
    logger,
    caches: parts.caches ?? false,
    address: `http://${config.host}:${health.port}`,
  });
  const relay = parts.publishesEvents === false ? undefined : new OutboxRelay(source, connection, logger);
  const server = new MessagingServer(connection, parts.name, logger);
  const app = await NestFactory.createMicroservice(
    rootModule(
      parts,
      new ServiceContext(config, logger, connection),
      member,
      source,
      new Writes(source, member, relay),
    ),
    { strategy: server, logger: logger.nest, abortOnError: false },
  );
  app.useGlobalFilters(new PassErrors());
  await app.init();
  const background = await parts.afterStart?.({
    config,
    logger,
    connection,
    source,
    get: (token) => app.get(token, { strict: false }),
  });
  await app.listen();
  ready = true;
  return {
    async close() {
      ready = false;
      await server.close();
      await background?.stop();
      await relay?.stop();
      await member.leave();
      await app.close();
      await source.destroy();
      await health.close();
      await connection.drain();
    },
  };
}

function rootModule(
  parts: ServiceParts,
  context: ServiceContext,
  member: ClusterMember,
  source: DataSource,
  writes: Writes,
): DynamicModule {
  const process = [
    { provide: ServiceContext, useValue: context },
    { provide: ClusterMember, useValue: member },
  ];
  @Global()
  @Module({ providers: process, exports: process })
  class ProcessModule {}
  @Module({})
  class RootModule {}
  return {
    module: RootModule,
    imports: [
      ProcessModule,
      MessagingModule.forConnection(context.connection),
      DatabaseModule.forSource(source, writes),
      ...parts.modules,
    ],
  };
}

/** A service waits for its database for as long as it takes; its health says 503 meanwhile. */
async function openWhenReachable(config: ServiceConfig, options: DatabaseOptions, logger: Logger): Promise<DataSource> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openDatabase(config, options);
    } catch (error) {
      if (!config.databaseUrl) throw error;
      logger.warn({ err: error }, 'the database is not available; trying again');
      await sleep(backoffMillis(attempt, 200, 3_000));
    }
  }
}
