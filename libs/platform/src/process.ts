import type { Logger } from './logging.js';

/** How long a process may take to finish what it has begun after SIGTERM, before it ends anyway. */
const drainMillisMax = 8_000;

export interface RunningService {
  /** Stops taking work, finishes what is under way, closes connections. */
  close(): Promise<void>;
  /** Tells load balancers and members that this node will go, while it still answers (SIGUSR2). */
  drain?(): Promise<void>;
}

/**
 * Runs a service until SIGTERM or SIGINT: drains it and exits with 0. A start that fails is one log line and exit code 1. A
 * promise that nobody waited for and that fails is a defect: it is logged and ends the process, which its supervisor
 * starts again, rather than leaving it half alive.
 */
export async function runService(logger: Logger, start: () => Promise<RunningService>): Promise<void> {
  let running: RunningService | undefined;
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    const timer = setTimeout(() => {
      logger.error('stopped before all work was finished');
      process.exit(1);
    }, drainMillisMax);
    timer.unref();
    Promise.resolve(running?.close()).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGUSR2', () => void running?.drain?.());
  // The supervisor holds the other end of standard input where it gave a pipe; its end means that the supervisor is gone.
  if (process.env['TRIBUTARY_STOP_WITH_STDIN'] === '1') {
    process.stdin.on('end', () => stop('end of standard input')).resume();
  }
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'a promise failed that nobody waited for');
    process.exit(1);
  });
  try {
    running = await start();
    logger.info('started');
  } catch (error) {
    logger.fatal({ err: error }, 'start failed');
    process.exit(1);
  }
}
