import { Controller } from '@nestjs/common';
import { administration, requireSystemAdministrator, type RequestOf } from '@tributary/contracts';
import { Handle } from '@tributary/messaging';
import { Alarms } from './alarms.js';

@Controller()
export class AlarmsController {
  constructor(private readonly alarms: Alarms) {}

  @Handle(administration.listAlarms)
  async list({ actor }: RequestOf<typeof administration.listAlarms>) {
    requireSystemAdministrator(actor);
    return { alarms: await this.alarms.last() };
  }
}
