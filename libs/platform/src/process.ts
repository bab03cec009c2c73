import type { ServiceConfig } from './configuration.js';
import type { Logger } from './logging.js';
import { startTracing, stopTracing } from './tracing/tracing.js';

/** How long a process may take to finish what it has begun after SIGTERM, before it ends anyway. */
const drainMillisMax = 8_000;

export interface RunningService {
  /** Stops taking work, finishes what is under way, closes connections. */
  close(): Promise<void>;
  /** Tells load balancers and members that this node will go, while it still answers (SIGUSR2). */
  drain?(): Promise<void>;
}

export type ProcessState = 'starting' | 'running' | 'draining' | 'stopping';

/** Where a process is in its life, and how it is told to go on to the next part of it. */
export class ProcessLife {
  private running: RunningService | undefined;
  private current: ProcessState = 'starting';

  /** `end` is what becomes of the process when it has stopped. */
  constructor(
    private readonly end: (running: RunningService | undefined, reason: string) => void = () => undefined,
    private readonly failed: (error: Error) => void = () => undefined,
  ) {}

  get state(): ProcessState {
    return this.current;
  }

  started(running: RunningService): void {
    this.running = running;
    if (this.current === 'starting') this.current = 'running';
  }

  /** False when this process has nobody to tell, or isn't running. */
  drain(): boolean {
    if (this.current !== 'running' || !this.running?.drain) return this.current === 'draining';
    this.current = 'draining';
    void this.running.drain();
    return true;
  }

  /** Ends it with exit code 1 for a reason that it can do nothing about. */
  fail(error: Error): void {
    this.failed(error);
  }

  /** Lets it finish what it does, and ends it. */
  stop(reason: string): void {
    if (this.current === 'stopping') return;
    this.current = 'stopping';
    this.end(this.running, reason);
  }
}

/**
 * Runs a service until SIGTERM, SIGINT or an administrator's word: drains it and exits with 0. A start that fails is one log line
 * and exit code 1. A promise that nobody waited for and that fails is a defect: it is logged and ends the process, which its
 * supervisor starts again, rather than leaving it half alive.
 */
export async function runService(
  config: Pick<ServiceConfig, 'service' | 'nodeId'>,
  logger: Logger,
  start: (life: ProcessLife) => Promise<RunningService>,
): Promise<void> {
  const startFailed = (error: unknown): never => {
    logger.fatal({ err: error }, 'start failed');
    process.exit(1);
  };
  const life = new ProcessLife((running, reason) => end(logger, running, reason), startFailed);
  process.on('SIGTERM', () => life.stop('SIGTERM'));
  process.on('SIGINT', () => life.stop('SIGINT'));
  process.on('SIGUSR2', () => void life.drain());
  // The supervisor holds the other end of standard input where it gave a pipe; its end means that the supervisor is gone.
  if (process.env['TRIBUTARY_STOP_WITH_STDIN'] === '1') {
    process.stdin.on('end', () => life.stop('end of standard input')).resume();
  }
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'a promise failed that nobody waited for');
    process.exit(1);
  });
  try {
    await startTracing(config, logger);
    life.started(await start(life));
    logger.info('started');
  } catch (error) {
    startFailed(error);
  }
}

function end(logger: Logger, running: RunningService | undefined, reason: string): void {
  logger.info({ reason }, 'stopping');
  const timer = setTimeout(() => {
    logger.error('stopped before all work was finished');
    process.exit(1);
  }, drainMillisMax);
  timer.unref();
  const closed = Promise.resolve(running?.close()).then(() => stopTracing(logger));
  closed.then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error({ err: error }, 'stopping failed');
      process.exit(1);
    },
  );
}
