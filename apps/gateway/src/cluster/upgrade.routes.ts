import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { administration, notFound } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { GatewayContext } from '../gateway-context.js';
import { presentUpgradeNode } from './node-presenter.js';

type UpgradeAction = 'start' | 'cancel' | 'approve';

/**
 * Rolling upgrades, in Confluence's words. Nothing waits for an approval: two neighbouring versions work together, and migrations are
 * such that both can use what they leave. The mode says that nodes of two versions are meant to be there.
 */
@Controller('rest/zdu')
export class UpgradeRoutes {
  constructor(private readonly context: GatewayContext) {}

  @Get('cluster')
  async cluster(@Asked() call: Call) {
    return this.present(await call.ask(administration.getUpgrade, {}));
  }

  @Get('state')
  async state(@Asked() call: Call) {
    const { state, nodes } = await call.ask(administration.getUpgrade, {});
    const local = nodes.find(({ nodeId }) => nodeId === this.context.config.nodeId);
    return { state, buildInfo: local ? this.presentNode(local) : null };
  }

  @Get('nodes/:nodeId')
  async node(@Asked() call: Call, @Param('nodeId') id: string) {
    const { nodes } = await call.ask(administration.listNodes, {});
    const node = nodes.find(({ nodeId }) => nodeId === id);
    if (!node) throw notFound(`No node found with id : ${id}`);
    return this.presentNode(node);
  }

  @Post('start')
  @HttpCode(200)
  start(@Asked() call: Call) {
    return this.change(call, 'start');
  }

  @Post('cancel')
  @HttpCode(200)
  cancel(@Asked() call: Call) {
    return this.change(call, 'cancel');
  }

  @Post('approve')
  @HttpCode(200)
  approve(@Asked() call: Call) {
    return this.change(call, 'approve');
  }

  private async change(call: Call, action: UpgradeAction) {
    return this.present(await call.ask(administration.changeUpgrade, { action }));
  }

  private present({ isOn, state, originalVersion, nodes }: administration.Upgrade) {
    return {
      state,
      upgradeModeEnabled: isOn,
      originalVersion,
      hasFinalizationTasks: false,
      nodes: nodes.map((node) => this.presentNode(node)),
      links: [],
    };
  }

  private presentNode(node: administration.ClusterNode) {
    return presentUpgradeNode(node, this.context.config.nodeId);
  }
}
