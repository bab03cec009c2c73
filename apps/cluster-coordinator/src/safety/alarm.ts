import type { NatsConnection } from '@nats-io/transport-node';
import { encodeMessage } from '@tributary/cluster';
import { administration } from '@tributary/contracts';
import type { Logger } from '@tributary/platform';

/** Tells of something that must not be: the log, and whoever watches the cluster's events now. */
export function raiseAlarm(connection: NatsConnection, logger: Logger, alarm: administration.Alarm): void {
  logger.error({ alarm }, alarm.text);
  if (!connection.isClosed()) connection.publish(administration.alarmSubject, encodeMessage(alarm));
}
