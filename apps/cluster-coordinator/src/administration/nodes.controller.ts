import { Controller } from '@nestjs/common';
import { administration, conflict, notFound, requireSystemAdministrator, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle, MessagingClient } from '@tributary/messaging';
import { ServiceContext } from '@tributary/service';
import { Audit } from './audit.js';
import { HeardNodes } from './heard-nodes.js';

type Flush = RequestOf<typeof administration.flushCaches>;

/** Nodes and their caches; any coordinator answers from what it heard, and tells nodes what to do. */
@Controller()
export class NodesController {
  constructor(
    private readonly nodes: HeardNodes,
    private readonly reads: Reads,
    private readonly messaging: MessagingClient,
    private readonly audit: Audit,
    private readonly context: ServiceContext,
  ) {}

  @Handle(administration.listNodes)
  async list({ actor }: RequestOf<typeof administration.listNodes>) {
    requireSystemAdministrator(actor);
    const [nodes, running] = await Promise.all([this.nodes.all(), this.jobsRunning()]);
    return { nodes: nodes.map((node) => ({ ...node, jobsRunning: running && (running.get(node.nodeId) ?? 0) })) };
  }

  @Handle(administration.commandNode)
  async command({ actor, nodeId, command }: RequestOf<typeof administration.commandNode>) {
    requireSystemAdministrator(actor);
    const node = await this.nodes.get(nodeId);
    await this.audit.carryOut(actor, { action: `node.${command}`, nodeId }, async () => {
      const { refusal } = await this.messaging.request(administration.nodeCommandOf(nodeId), { command });
      if (refusal) throw conflict(refusal);
    });
    const state: administration.ProcessState = command === 'drain' ? 'draining' : 'stopping';
    return { ...node, state };
  }

  @Handle(administration.flushCaches)
  async flush({ actor, name, nodeId }: Flush) {
    requireSystemAdministrator(actor);
    const targets = await this.targetsOf(name, nodeId);
    const asked: administration.NodeCommand = name === undefined ? { command: 'flush' } : { command: 'flush', name };
    return this.audit.carryOut(actor, { action: 'caches.flush', target: name, nodeId }, async () => {
      const outcomes = await Promise.allSettled(
        targets.map((target) => this.messaging.request(administration.nodeCommandOf(target), asked)),
      );
      return {
        flushed: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.flushed : [])),
        failed: outcomes.flatMap((outcome, index) =>
          outcome.status === 'rejected' ? [{ nodeId: targets[index] ?? '', reason: String(outcome.reason) }] : [],
        ),
      };
    });
  }

  /** A node that is unreachable isn't asked: its lease is over, and it forgets all before it serves again. */
  private async targetsOf(name: string | undefined, nodeId: string | undefined): Promise<string[]> {
    const all = nodeId === undefined ? await this.nodes.all() : [await this.nodes.get(nodeId)];
    const holders = all.filter(({ hasCaches, state }) => hasCaches && state !== 'unreachable');
    if (name === undefined) return holders.map((node) => node.nodeId);
    const named = holders.filter(({ caches }) => caches.some((cache) => cache.name === name));
    if (named.length === 0) throw notFound(`No cache found with name : ${name}`);
    return named.map((node) => node.nodeId);
  }

  /** Runs under way by node; null while the ledger can't be read: the nodes are shown all the same. */
  private async jobsRunning(): Promise<Map<string, number> | null> {
    try {
      const rows = await this.reads.query<{ nodeId: string; count: number }>(
        `select node_id as "nodeId", count(*)::int as count from cluster.job_run
         where state = 'running' and node_id is not null group by node_id`,
      );
      return new Map(rows.map(({ nodeId, count }) => [nodeId, count]));
    } catch (error) {
      this.context.logger.warn({ err: error }, 'which jobs run where can not be read');
      return null;
    }
  }
}
