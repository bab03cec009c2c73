import { ClusterMember } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import {
  backoffMillis,
  HealthServer,
  sleep,
  type Logger,
  type RunningService,
  type ServiceConfig,
} from '@tributary/platform';
import { answerMessages, openWhenReachable, type ProcessParts } from '@tributary/service';
import { coordinatorService } from './coordinator.service-parts.js';
import { Coordinator } from './leadership/coordinator.js';

/**
 * Starts one copy of the coordinator. Leases and pins begin at once and need no database; jobs and what administrators ask
 * follow when it can be reached, however late that is.
 */
export async function startCoordinator(config: ServiceConfig, logger: Logger): Promise<RunningService> {
  const connection = await connectNats(config, logger);
  const health = await HealthServer.listen(config.host, config.port, () => !connection.isClosed());
  const address = `http://${config.host}:${health.port}`;
  const member = await ClusterMember.join({ connection, config, logger, address });
  const coordinator = new Coordinator(connection, config, logger);
  const jobs = startJobs(coordinator, { config, logger, connection, member });
  return {
    async close() {
      // The lead first: what this copy still has to do for itself need not keep others from leading.
      await coordinator.stop();
      await jobs.close();
      await member.leave();
      await health.close();
      await connection.drain();
    },
  };
}

function startJobs(coordinator: Coordinator, process: Omit<ProcessParts, 'source'>): RunningService {
  const stopping = new AbortController();
  const starting = startWhenPossible(coordinator, process, stopping.signal);
  return {
    async close() {
      stopping.abort();
      await (await starting)?.close();
    },
  };
}

/** Undefined when the process was stopped before. */
async function startWhenPossible(
  coordinator: Coordinator,
  process: Omit<ProcessParts, 'source'>,
  signal: AbortSignal,
): Promise<RunningService | undefined> {
  const parts = coordinatorService(coordinator);
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
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
      process.logger.error({ err: error }, 'jobs can not be run; trying again');
      await sleep(backoffMillis(attempt, 500, 10_000), signal).catch(() => undefined);
    }
  }
  return undefined;
}
