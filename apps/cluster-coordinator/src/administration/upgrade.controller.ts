import { Controller } from '@nestjs/common';
import { administration, conflict, requireSystemAdministrator, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { Audit } from './audit.js';
import { HeardNodes } from './heard-nodes.js';
import { refusalOf, upgradeStateOf } from './upgrade-state.js';

interface Row {
  upgradeFrom: string | null;
}

const versionsOf = (nodes: readonly administration.ClusterNode[]): string[] =>
  nodes.filter(({ state }) => state !== 'unreachable').map(({ version }) => version);

/** A rolling upgrade: says that nodes of two versions are meant to be there, and whether it is over. */
@Controller()
export class UpgradeController {
  constructor(
    private readonly nodes: HeardNodes,
    private readonly reads: Reads,
    private readonly audit: Audit,
  ) {}

  @Handle(administration.getUpgrade)
  async get({ actor }: RequestOf<typeof administration.getUpgrade>) {
    requireSystemAdministrator(actor);
    const [nodes, [row]] = await Promise.all([
      this.nodes.all(),
      this.reads.query<Row>(`select upgrade_from as "upgradeFrom" from cluster.site_mode`),
    ]);
    return upgradeOf(row?.upgradeFrom ?? null, nodes);
  }

  @Handle(administration.changeUpgrade)
  async change({ actor, action }: RequestOf<typeof administration.changeUpgrade>) {
    requireSystemAdministrator(actor);
    const nodes = await this.nodes.all();
    const versions = versionsOf(nodes);
    const from = await this.audit.change(actor, { action: `upgrade.${action}`, target: versions[0] }, async (work) => {
      const [row] = await work.query<Row>(`select upgrade_from as "upgradeFrom" from cluster.site_mode for update`);
      const refusal = refusalOf(action, upgradeStateOf(row?.upgradeFrom ?? null, versions));
      if (refusal) throw conflict(refusal);
      if (action === 'start' && new Set(versions).size > 1)
        throw conflict(`The nodes run different versions already: ${[...new Set(versions)].join(', ')}`);
      const next = action === 'start' ? (versions[0] ?? null) : null;
      await work.query(`update cluster.site_mode set upgrade_from = $1`, [next]);
      return next;
    });
    return upgradeOf(from, nodes);
  }
}

const upgradeOf = (originalVersion: string | null, nodes: administration.ClusterNode[]): administration.Upgrade => ({
  isOn: originalVersion !== null,
  state: upgradeStateOf(originalVersion, versionsOf(nodes)),
  originalVersion,
  nodes,
});
