import 'reflect-metadata';
import { createLogger, readServiceConfig, runService } from '@tributary/platform';
import { startCoordinator } from './start-coordinator.js';

const config = readServiceConfig({ TRIBUTARY_SERVICE: 'cluster-coordinator', ...process.env });
const logger = createLogger(config);
await runService(config, logger, (life) => startCoordinator(config, logger, life));
