import { Controller } from '@nestjs/common';
import { NamedLocks } from '@tributary/cluster';
import { administration, requireSystemAdministrator, type RequestOf } from '@tributary/contracts';
import { Handle } from '@tributary/messaging';
import { ServiceContext } from '@tributary/service';

@Controller()
export class LocksController {
  private readonly locks: NamedLocks;

  constructor({ connection, config }: ServiceContext) {
    this.locks = new NamedLocks(connection, config);
  }

  @Handle(administration.listLocks)
  async list({ actor }: RequestOf<typeof administration.listLocks>) {
    requireSystemAdministrator(actor);
    return { locks: await this.locks.held() };
  }
}
