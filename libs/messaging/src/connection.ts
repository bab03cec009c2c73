import { connect, type NatsConnection } from '@nats-io/transport-node';
import { sleep, type Logger, type ServiceConfig } from '@tributary/platform';

const dialMillisMax = 2_000;

/**
 * Connects to NATS and stays connected: it tries for ever, at start as later, with a pause of half a second, so that a
 * process outlives the servers' restarts. While the connection is away requests fail soon with `unavailable`.
 */
export async function connectNats(
  config: Pick<ServiceConfig, 'natsUrl' | 'nodeId'>,
  logger: Logger,
): Promise<NatsConnection> {
  const connection = await connect({
    ...natsAddress(config.natsUrl),
    name: config.nodeId,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    // One server of several may be cut off: the usual 20 s would be spent on it before another one is tried.
    timeout: dialMillisMax,
    waitOnFirstConnect: true,
    pingInterval: 2_000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
    // A trace for each request costs as much as the rest of sending it; errors are told with the subject that they concern.
    noAsyncTraces: true,
  });
  void reportStatus(connection, logger);
  return connection;
}

/** Addresses, separated by commas, for the client, which doesn't read user and password from a URL: the first one's are used. */
export function natsAddress(urls: string): { servers: string[]; user?: string; pass?: string } {
  const parsed = urls.split(',').map((url) => new URL(url.includes('://') ? url : `nats://${url}`));
  const servers = parsed.map(({ protocol, host }) => `${protocol}//${host}`);
  const { username, password } = parsed[0] as URL;
  if (!username) return { servers };
  return { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}

async function reportStatus(connection: NatsConnection, logger: Logger): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect' || status.type === 'reconnect') {
      logger.warn({ nats: status.type }, 'the connection to NATS changed');
    }
  }
}

/** Whether a connection is there at this moment. What is sent while it is away may be dropped without a word. */
export class ConnectionState {
  private away: PromiseWithResolvers<void> | undefined;

  constructor(private readonly connection: NatsConnection) {
    void this.follow();
  }

  get isConnected(): boolean {
    return this.away === undefined && !this.connection.isClosed();
  }

  /** Waits for a connection that is away, so long; whether it is there. */
  async connected(millisMax: number): Promise<boolean> {
    if (this.away) await Promise.race([this.away.promise, sleep(millisMax)]);
    return this.isConnected;
  }

  private async follow(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect') this.away ??= Promise.withResolvers<void>();
      if (type !== 'reconnect') continue;
      this.away?.resolve();
      this.away = undefined;
    }
  }
}
