import { awaitOwnDatabase, ClusterMember, NodeAgent, OtherClusterError } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import {
  backoffMillis,
  HealthServer,
  idle,
  type Logger,
  ProcessLife,
  type RunningService,
  type ServiceConfig,
} from '@tributary/platform';
import { answerMessages, openWhenReachable, type ProcessParts } from '@tributary/service';
import { HeardNodes } from './administration/heard-nodes.js';
import { coordinatorService, type CoordinatorCore } from './coordinator.service-parts.js';
import { Coordinator } from './leadership/coordinator.js';
import { DatabaseHold } from './safety/database-hold.js';

/**
 * Starts one copy of the coordinator. Leases and pins begin at once and need no database; jobs and what administrators ask
 * follow when it can be reached, however late that is.
 */
export async function startCoordinator(
  config: ServiceConfig,
  logger: Logger,
  life: ProcessLife = new ProcessLife(),
): Promise<RunningService> {
  const connection = await connectNats(config, logger);
  const health = await HealthServer.listen(config.host, config.port, () => !connection.isClosed());
  const address = `http://${config.host}:${health.port}`;
  const member = await ClusterMember.join({ connection, config, logger, address });
  member.registered().catch((error: Error) => life.fail(error));
  const hold = new DatabaseHold(config, logger);
  const coordinator = new Coordinator({
    connection,
    config,
    logger,
    hold: (store) => hold.current(store),
    databaseSilentMillis: () => hold.silentMillis,
    // Before it is registered it may count time differently from the cluster.
    mayLead: () => member.store >= 0,
  });
  const agent = new NodeAgent({ connection, config, logger, address, life, isLeader: () => coordinator.isLeading() });
  agent.follow(member);
  const nodes = new HeardNodes(connection, config);
  const core: CoordinatorCore = { coordinator, nodes, hold, wasLast: false };
  const jobs = startJobs(core, { config, logger, connection, member }, life);
  return {
    async close() {
      // The lead first: what this copy still has to do for itself need not keep others from leading.
      core.wasLast = coordinator.isAlone;
      await coordinator.stop();
      await jobs.close();
      await member.leave();
      await health.close();
      nodes.stop();
      agent.stop();
      await connection.drain();
    },
  };
}

function startJobs(core: CoordinatorCore, process: Omit<ProcessParts, 'source'>, life: ProcessLife): RunningService {
  const stopping = new AbortController();
  const starting = startWhenPossible(core, process, life, stopping.signal);
  return {
    async close() {
      stopping.abort();
      await (await starting)?.close();
    },
  };
}

/** Undefined when the process was stopped before. */
async function startWhenPossible(
  core: CoordinatorCore,
  process: Omit<ProcessParts, 'source'>,
  life: ProcessLife,
  signal: AbortSignal,
): Promise<RunningService | undefined> {
  const parts = coordinatorService(core);
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await awaitOwnDatabase(process, 'free', { judge: core.hold.judge, signal });
      const source = await openWhenReachable(process.config, parts.database, process.logger, signal);
      try {
        const answering = await answerMessages(parts, { ...process, source });
        return {
          async close() {
            await answering.close();
            await source.destroy();
          },
        };
      } catch (error) {
        await source.destroy();
        throw error;
      }
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof OtherClusterError) {
        life.fail(error);
        return undefined;
      }
      process.logger.error({ err: error }, 'jobs can not be run; trying again');
      await idle(backoffMillis(attempt, 500, 10_000), signal);
    }
  }
  return undefined;
}
