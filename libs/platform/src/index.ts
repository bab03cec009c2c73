export { readServiceConfig, type ServiceConfig } from './configuration.js';
export { createLogger, type Logger } from './logging.js';
export { systemClock, type Clock } from './clock.js';
export { HealthServer } from './health.js';
export { backoffMillis, withDeadline, sleep } from './waiting.js';
export { runService, type RunningService } from './process.js';
export { version } from './version.js';
