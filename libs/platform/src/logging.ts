import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import type { ServiceConfig } from './configuration.js';

/** Structured log lines on standard output, one JSON object each, and the shape in which Nest wants its logger. */
export type Logger = Pino & { readonly nest: LoggerService };

/** Makes the process's logger. Secrets are never passed to it; the paths below are a second net under that rule. */
export function createLogger(config: Pick<ServiceConfig, 'service' | 'nodeId' | 'logLevel'>): Logger {
  const logger = pino({
    level: config.logLevel,
    base: { service: config.service, node: config.nodeId },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', 'authorization', '*.authorization', 'cookie', '*.cookie', '*.value'],
  });
  const nest: LoggerService = {
    // Nest's own start-up lines are of no use to an operator; they are there at debug level.
    log: (message: unknown) => logger.debug(String(message)),
    error: (message: unknown, ...rest: unknown[]) => logger.error({ detail: rest.map(String) }, String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    debug: (message: unknown) => logger.debug(String(message)),
    verbose: (message: unknown) => logger.trace(String(message)),
  };
  return Object.assign(logger, { nest });
}
