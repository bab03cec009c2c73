import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { administration, type ServiceName } from '@tributary/contracts';
import { metrics, ProcessMeter, version, type Logger, type ProcessLife, type ServiceConfig } from '@tributary/platform';
import { decodeMessage, encodeMessage } from '../messages.js';
import type { ClusterMember, MemberStatus } from '../member.js';
import { memberFamilies } from './member-families.js';

export interface NodeAgentOptions {
  readonly connection: NatsConnection;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  /** URL under which this process can be reached. */
  readonly address: string;
  readonly life: ProcessLife;
  readonly isLeader?: () => boolean;
}

const withoutLease: MemberStatus = {
  lease: { isHeld: false, lapsedMillis: 0, lapses: 0 },
  openPins: 0,
  hasCaches: false,
  isAdmitted: false,
  caches: [],
};

/**
 * This process towards the people who run the cluster: tells how it is, once a renewal, and does what it is told.
 *
 * Not promised: that a report arrives. Nothing that must be right rests on reports; whether a process is a member, and who leads, is
 * decided by leases alone.
 */
export class NodeAgent {
  private readonly meter = new ProcessMeter();
  private readonly commands: Subscription;
  private readonly timer: NodeJS.Timeout;
  private readonly endCollecting: () => void;
  private member: ClusterMember | undefined;

  constructor(private readonly options: NodeAgentOptions) {
    const { connection, config, logger } = options;
    const { subject } = administration.nodeCommandOf(config.nodeId);
    this.commands = connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) logger.error({ err: error, subject }, 'a subscription failed');
        else this.take(message);
      },
    });
    this.timer = setInterval(() => this.tell(false), config.renewMillis);
    this.endCollecting = metrics.collect('cluster', () =>
      memberFamilies(config, this.status, options.isLeader?.() ?? false),
    );
    this.tell(false);
  }

  /** From now on the reports hold this membership. */
  follow(member: ClusterMember): void {
    this.member = member;
  }

  /** Says that this process ends. */
  stop(): void {
    clearInterval(this.timer);
    this.commands.unsubscribe();
    this.tell(true);
    this.meter.stop();
    this.endCollecting();
  }

  private get status(): MemberStatus {
    return this.member?.status() ?? withoutLease;
  }

  private tell(isLeaving: boolean): void {
    const { connection, config } = this.options;
    // Reports that wait for a connection would only be old when they arrive.
    if (connection.isClosed()) return;
    connection.publish(administration.heartbeatOf(config.nodeId), encodeMessage(this.report(isLeaving)));
  }

  private report(isLeaving: boolean): administration.NodeReport {
    const { config, address, life, isLeader } = this.options;
    const { openPins: _, ...status } = this.status;
    return {
      nodeId: config.nodeId,
      service: config.service as ServiceName,
      address,
      version,
      pid: process.pid,
      state: life.state,
      isLeaving,
      uptimeMillis: Math.round(process.uptime() * 1_000),
      ...this.meter.take(),
      ...status,
      isLeader: isLeader?.() ?? false,
    };
  }

  private take(message: Msg): void {
    const command = administration.NodeCommand.safeParse(decodeMessage(message));
    const reply = command.success ? this.carryOut(command.data) : { refusal: 'This version does not know the command' };
    message.respond(encodeMessage<administration.NodeCommandReply>({ flushed: [], ...reply }));
    // Coordinators needn't wait for the next report to learn of it.
    this.tell(false);
  }

  private carryOut(command: administration.NodeCommand): Partial<administration.NodeCommandReply> {
    const { life, config, logger } = this.options;
    logger.info({ command }, 'an administrator commands');
    switch (command.command) {
      case 'drain':
        return life.drain() ? {} : { refusal: `${config.nodeId} is ${life.state} and can not be drained` };
      case 'remove':
        // After the answer has gone out.
        setImmediate(() => life.stop('an administrator removed it'));
        return {};
      case 'flush': {
        const flushed = this.member?.flush(command.name) ?? [];
        return { flushed: flushed.map((each) => ({ nodeId: config.nodeId, ...each })) };
      }
    }
  }
}
