import type { DynamicModule, ForwardReference, Type } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { awaitOwnDatabase, ClusterMember, JobRunner, NodeAgent, type Job } from '@tributary/cluster';
import { jobs, type ServiceName } from '@tributary/contracts';
import {
  DatabaseModule,
  DatabaseWatch,
  openDatabase,
  OutboxRelay,
  Reads,
  Writes,
  type DatabaseOptions,
} from '@tributary/database';
import {
  connectNats,
  ensureEventStream,
  MessagingClient,
  MessagingModule,
  MessagingServer,
  PassErrors,
} from '@tributary/messaging';
import {
  backoffMillis,
  createLogger,
  HealthServer,
  ProcessLife,
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
  /** What it does by schedule, and its long tasks; each is declared in the folder of the feature whose work it is. */
  readonly jobs?: readonly ServiceJob[];
  /** Runs after the migrations and before the first request: first data, consumers. Its outcome is stopped at the end. */
  readonly afterStart?: (context: StartedContext) => Promise<{ stop(): Promise<void> } | void>;
}

/** A job of a service: it gets what `afterStart` gets. */
export type ServiceJob = Job<StartedContext>;

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
  await runService(config, logger, (life) => startService(parts, config, logger, life));
}

/** Starts the service inside this process, for `serveMessages` and for tests with real servers. */
export async function startService(
  parts: ServiceParts,
  config: ServiceConfig,
  logger: Logger,
  life: ProcessLife = new ProcessLife(),
): Promise<RunningService> {
  let ready = false;
  const health = await HealthServer.listen(config.host, config.port, () => ready);
  const connection = await connectNats(config, logger);
  const address = `http://${config.host}:${health.port}`;
  const agent = new NodeAgent({ connection, config, logger, address, life });
  // Before anything is changed in it, migrations included.
  await awaitOwnDatabase({ connection, config, logger }, 'mine');
  // A service waits for its database for as long as it takes; its health says 503 meanwhile.
  const source = await openWhenReachable(config, parts.database, logger);
  const member = await ClusterMember.join({
    connection,
    config,
    logger,
    caches: parts.caches ?? false,
    address,
  });
  agent.follow(member);
  await member.registered();
  const answering = await answerMessages(parts, { config, logger, connection, member, source });
  ready = true;
  return {
    async close() {
      ready = false;
      await answering.close();
      await member.leave();
      await source.destroy();
      await health.close();
      agent.stop();
      await connection.drain();
    },
  };
}

/** What a process has before it can answer messages. */
export interface ProcessParts {
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly connection: NatsConnection;
  readonly member: ClusterMember;
  readonly source: DataSource;
}

/** Takes requests and runs jobs, until it is closed; what it was given stays open. */
export async function answerMessages(parts: ServiceParts, process: ProcessParts): Promise<RunningService> {
  const { config, logger, connection, member, source } = process;
  await ensureEventStream(connection, config.natsReplicas);
  const relay = parts.publishesEvents === false ? undefined : new OutboxRelay(source, connection, logger);
  const server = new MessagingServer(connection, parts.name, logger);
  const database = new DatabaseWatch(() => source.query('select 1'));
  server.passOnWhile(() => database.isSilent());
  const writes = new Writes(source, member, relay);
  const app = await NestFactory.createMicroservice(
    rootModule(parts, new ServiceContext(config, logger, connection), member, source, writes),
    { strategy: server, logger: logger.nest, abortOnError: false },
  );
  app.useGlobalFilters(new PassErrors());
  await app.init();
  const context: StartedContext = {
    config,
    logger,
    connection,
    source,
    get: (token) => app.get(token, { strict: false }),
  };
  const background = await parts.afterStart?.(context);
  const runner = runJobs(parts, process, context, server, writes);
  await app.listen();
  return {
    async close() {
      await server.close();
      await runner?.stop();
      await background?.stop();
      await relay?.stop();
      await app.close();
    },
  };
}

/** Takes the runs of its jobs that the leader gives to this copy. */
function runJobs(
  parts: ServiceParts,
  { config, logger, connection, member, source }: ProcessParts,
  context: StartedContext,
  server: MessagingServer,
  writes: Writes,
): JobRunner<StartedContext> | undefined {
  if (!parts.jobs || parts.jobs.length === 0) return undefined;
  const runner = new JobRunner({
    service: parts.name,
    jobs: parts.jobs,
    context,
    connection,
    messaging: new MessagingClient(connection),
    member,
    reads: new Reads(source),
    writes,
    config,
    logger,
  });
  server.addHandler(jobs.runJobOf(parts.name).subject, (run: jobs.DispatchedRun) =>
    Promise.resolve(runner.accept(run)),
  );
  return runner;
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

/** Opens the database, now or when it can be reached; a signal ends the waiting. */
export async function openWhenReachable(
  config: ServiceConfig,
  options: DatabaseOptions,
  logger: Logger,
  signal?: AbortSignal,
): Promise<DataSource> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openDatabase(config, options);
    } catch (error) {
      if (!config.databaseUrl) throw error;
      logger.warn({ err: error }, 'the database is not available; trying again');
      await sleep(backoffMillis(attempt, 200, 3_000), signal);
    }
  }
}
