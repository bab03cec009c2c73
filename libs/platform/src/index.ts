export { readServiceConfig, type ServiceConfig } from './configuration.js';
export { createLogger, type Logger } from './logging.js';
export { systemClock, untilBeat, type Clock } from './clock.js';
export { HealthServer } from './health.js';
export { backoffMillis, idle, withDeadline, sleep } from './waiting.js';
export { ProcessLife, runService, type ProcessState, type RunningService } from './process.js';
export { startTracing, stopTracing, traced, tracer, type OpenSpan, type Tracer } from './tracing/tracing.js';
export { version } from './version.js';
export { metricsMediaType, type Family, type Sample } from './metrics/exposition.js';
export {
  httpDurations,
  messageDurations,
  metrics,
  pinDurations,
  pinWaits,
  Durations,
  Metrics,
} from './metrics/metrics.js';
export { ProcessMeter, type ProcessFigures } from './metrics/process-figures.js';
