export { cacheFolder } from './cache-folder.js';
export { findNatsServer, natsServerVersion } from './nats-server-binary.js';
export { natsAnswers, startNats, type NatsOptions, type RunningNats } from './nats.js';
export { portOwnedByNobody, freePort, freePortRun } from './ports.js';
export { postgresAnswers, startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.js';
export { ServerProcess, type ServerExit } from './server-process.js';
