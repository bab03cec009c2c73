import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditModule } from './audit.module.js';
import { HeardNodes } from './heard-nodes.js';
import { LocksController } from './locks.controller.js';
import { ModeController } from './mode.controller.js';
import { NodesController } from './nodes.controller.js';
import { UpgradeController } from './upgrade.controller.js';

@Module({})
export class AdministrationModule {
  /** `nodes` outlive the database: they are heard of before it can be reached. */
  static of(nodes: HeardNodes): DynamicModule {
    return {
      module: AdministrationModule,
      imports: [AuditModule],
      controllers: [AuditController, LocksController, ModeController, NodesController, UpgradeController],
      providers: [{ provide: HeardNodes, useValue: nodes }],
    };
  }
}
