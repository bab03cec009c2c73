import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { hearNodes, NodeTable, reportMillisOf } from '@tributary/cluster';
import { notFound, type administration } from '@tributary/contracts';
import { sleep, type ServiceConfig } from '@tributary/platform';

/** The nodes as this coordinator hears of them, whether it leads or not; needs no database. */
export class HeardNodes {
  private readonly table: NodeTable;
  private readonly reports: Subscription;
  private readonly heardAll: Promise<void>;

  constructor(connection: NatsConnection, { leaseMillis }: Pick<ServiceConfig, 'leaseMillis'>) {
    this.table = new NodeTable(leaseMillis);
    this.reports = hearNodes(connection, this.table);
    // Everybody has reported by then.
    this.heardAll = sleep(reportMillisOf(leaseMillis) * 1.25);
  }

  async all(): Promise<administration.ClusterNode[]> {
    await this.heardAll;
    return this.table.all(performance.now());
  }

  /** A node that is shown; unknown ones are `notFound`. */
  async get(nodeId: string): Promise<administration.ClusterNode> {
    const node = (await this.all()).find((each) => each.nodeId === nodeId);
    if (!node) throw notFound(`No node found with id : ${nodeId}`);
    return node;
  }

  stop(): void {
    this.reports.unsubscribe();
  }
}
