import { Controller } from '@nestjs/common';
import { administration, requireSystemAdministrator, type RequestOf } from '@tributary/contracts';
import { Handle } from '@tributary/messaging';
import { Audit } from './audit.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Handle(administration.listAudit)
  async list({ actor, start, limit }: RequestOf<typeof administration.listAudit>) {
    requireSystemAdministrator(actor);
    return this.audit.list(start, limit);
  }
}
