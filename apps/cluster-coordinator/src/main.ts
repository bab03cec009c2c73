import { ClusterMember } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import {
  createLogger,
  HealthServer,
  readServiceConfig,
  runService,
  type Logger,
  type RunningService,
  type ServiceConfig,
} from '@tributary/platform';
import { Coordinator } from './leadership/coordinator.js';

const config = readServiceConfig({ TRIBUTARY_SERVICE: 'cluster-coordinator', ...process.env });
const logger = createLogger(config);
await runService(logger, () => startCoordinator(config, logger));

async function startCoordinator(settings: ServiceConfig, log: Logger): Promise<RunningService> {
  const connection = await connectNats(settings, log);
  const health = await HealthServer.listen(settings.host, settings.port, () => !connection.isClosed());
  const member = await ClusterMember.join({
    connection,
    config: settings,
    logger: log,
    address: `http://${settings.host}:${health.port}`,
  });
  const coordinator = new Coordinator(connection, settings, log);
  return {
    async close() {
      await coordinator.stop();
      await member.leave();
      await health.close();
      await connection.drain();
    },
  };
}
