import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { administration, notFound } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { one, windowOf, type Query as Parameters } from '../edge/query.js';
import { GatewayContext } from '../gateway-context.js';
import { presentCaches, presentConfluenceNode, presentNode } from './node-presenter.js';

/** Confluence's list of nodes. */
@Controller('rest/api/cluster')
export class ConfluenceClusterRoutes {
  constructor(private readonly context: GatewayContext) {}

  @Get('nodes')
  async nodes(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const { nodes } = await call.ask(administration.listNodes, {});
    const end = part.start + part.limit;
    const results = nodes.slice(part.start, end).map((node) => presentConfluenceNode(node, this.context.config.nodeId));
    return call.list({ results, hasMore: nodes.length > end }, part);
  }
}

/** Every process of the cluster with its caches, for system administrators. */
@Controller('rest/tributary/1/cluster')
export class ClusterRoutes {
  @Get('nodes')
  async nodes(@Asked() call: Call) {
    const { nodes } = await call.ask(administration.listNodes, {});
    return { results: nodes.map(presentNode) };
  }

  @Get('nodes/:id')
  async node(@Asked() call: Call, @Param('id') id: string) {
    const { nodes } = await call.ask(administration.listNodes, {});
    const node = nodes.find(({ nodeId }) => nodeId === id);
    if (!node) throw notFound(`No node found with id : ${id}`);
    return presentNode(node);
  }

  /** A gateway tells load balancers that it will go, and answers still. */
  @Post('nodes/:id/drain')
  @HttpCode(202)
  async drain(@Asked() call: Call, @Param('id') nodeId: string) {
    return presentNode(await call.ask(administration.commandNode, { nodeId, command: 'drain' }));
  }

  /** The process finishes what it does, and ends; whoever supervises it decides whether another one comes. */
  @Post('nodes/:id/remove')
  @HttpCode(202)
  async remove(@Asked() call: Call, @Param('id') nodeId: string) {
    return presentNode(await call.ask(administration.commandNode, { nodeId, command: 'remove' }));
  }

  @Get('caches')
  async caches(@Asked() call: Call) {
    const { nodes } = await call.ask(administration.listNodes, {});
    return { results: presentCaches(nodes) };
  }

  /** All caches, of all nodes or of `node`. */
  @Post('caches/flush')
  @HttpCode(200)
  flushAll(@Asked() call: Call, @Query() query: Parameters) {
    return call.ask(administration.flushCaches, { nodeId: one(query, 'node') });
  }

  @Post('caches/:name/flush')
  @HttpCode(200)
  flush(@Asked() call: Call, @Param('name') name: string, @Query() query: Parameters) {
    return call.ask(administration.flushCaches, { name, nodeId: one(query, 'node') });
  }

  @Get('locks')
  async locks(@Asked() call: Call) {
    const { locks } = await call.ask(administration.listLocks, {});
    return { results: locks };
  }

  /** The last alarms, newest first. */
  @Get('alarms')
  async alarms(@Asked() call: Call) {
    const { alarms } = await call.ask(administration.listAlarms, {});
    return { results: alarms };
  }

  /** What administrators did here, newest first. */
  @Get('audit')
  async audit(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    return call.list(await call.ask(administration.listAudit, part), part);
  }
}
