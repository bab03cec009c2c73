import { ClusterMember } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import { createLogger, readServiceConfig } from '@tributary/platform';
import type { NatsConnection } from '@nats-io/transport-node';
import type { RunningCluster } from '@tributary/test-servers';

/** What a measurement pins with, and the connection under it. */
export interface Writer {
  readonly member: ClusterMember;
  readonly connection: NatsConnection;
  readonly natsUrl: string;
}

/** This process as a writer of the cluster, for as long as `use` takes. */
export async function withWriter<T>(cluster: RunningCluster, use: (writer: Writer) => Promise<T>): Promise<T> {
  const { natsUrl } = await cluster.servers();
  const config = readServiceConfig({
    TRIBUTARY_SERVICE: 'bench',
    TRIBUTARY_NATS_URL: natsUrl,
    TRIBUTARY_LOG_LEVEL: 'silent',
  });
  const logger = createLogger(config);
  const connection = await connectNats(config, logger);
  const member = await ClusterMember.join({ connection, config, logger, address: '' });
  try {
    return await use({ member, connection, natsUrl });
  } finally {
    await member.leave();
    await connection.drain();
  }
}
