import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { administration, badRequest, type ServiceName } from '@tributary/contracts';
import { respondError } from '@tributary/messaging';
import {
  metrics,
  ProcessMeter,
  systemClock,
  version,
  type Logger,
  type ProcessLife,
  type ServiceConfig,
} from '@tributary/platform';
import type { StaleEntry } from '../cache-audit.js';
import { decodeMessage, encodeMessage } from '../messages.js';
import type { ClusterMember, MemberStatus } from '../member.js';
import { reportMillisOf } from './node-table.js';
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
  audits: [],
};

/**
 * This process towards the people who run the cluster: tells how it is, somewhat more often than once a lease, and does what it is told.
 *
 * Not promised: that a report arrives. Nothing that must be right rests on reports; whether a process is a member, and who leads, is
 * decided by leases alone.
 */
export class NodeAgent {
  private readonly meter = new ProcessMeter();
  private readonly commands: Subscription[];
  private readonly stopTelling: () => void;
  private readonly endCollecting: () => void;
  private member: ClusterMember | undefined;

  constructor(private readonly options: NodeAgentOptions) {
    const { connection, config, logger } = options;
    const on = (subject: string, take: (message: Msg) => void): Subscription =>
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (error) logger.error({ err: error, subject }, 'a subscription failed');
          else take(message);
        },
      });
    this.commands = [
      on(administration.nodeCommandOf(config.nodeId).subject, (message) => this.take(message)),
      on(administration.auditCachesOf(config.nodeId).subject, (message) => void this.answerAudit(message)),
    ];
    this.stopTelling = systemClock.every(reportMillisOf(config.leaseMillis), () => this.tell(false));
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
    this.stopTelling();
    for (const subscription of this.commands) subscription.unsubscribe();
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
    const { openPins: _pins, audits: _audits, ...status } = this.status;
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
    const command = administration.NodeCommand.safeParse(contentOf(message));
    const reply = command.success ? this.carryOut(command.data) : { refusal: 'This version does not know the command' };
    message.respond(encodeMessage<administration.NodeCommandReply>({ flushed: [], ...reply }));
    // Coordinators needn't wait for the next report to learn of it.
    this.tell(false);
  }

  /** Whatever is asked, and whatever becomes of it, this process lives on: a newer coordinator may ask what it doesn't know. */
  private async answerAudit(message: Msg): Promise<void> {
    try {
      const asked = administration.AuditRequest.safeParse(contentOf(message));
      if (!asked.success) throw badRequest('This version does not know what the audit asks for');
      message.respond(encodeMessage(await this.audit(asked.data)));
    } catch (error) {
      this.options.logger.warn({ err: error }, 'the caches could not be audited');
      respondError(message, error);
    }
  }

  /** What is found is in this process's log and figures, whoever asked and whether the answer arrives or not. */
  private async audit({ entriesMax }: administration.AuditRequest): Promise<administration.AuditReply> {
    const before = totalOf(this.status.audits);
    const stale = (await this.member?.audit(entriesMax, AbortSignal.timeout(administration.auditMillisMax))) ?? [];
    for (const entry of stale)
      this.options.logger.error({ entry }, 'a near cache held what its owner says otherwise: this is a defect');
    return { compared: totalOf(this.status.audits) - before, stale: stale.map(reported) };
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

/** What a message says; nothing when it is no JSON. */
const contentOf = (message: Msg): unknown => {
  try {
    return decodeMessage(message);
  } catch {
    return undefined;
  }
};

const totalOf = (audits: MemberStatus['audits']): number =>
  audits.reduce((sum, { same, stale }) => sum + same + stale, 0);

/** Keys may name what a user may see; tags say what is wrong. */
const reported = ({ cache, tags }: StaleEntry): administration.AuditReply['stale'][number] => ({
  cache,
  tags: tags.slice(0, administration.reportedTagsMax),
});
