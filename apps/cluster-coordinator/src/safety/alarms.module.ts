import { Module } from '@nestjs/common';
import { AlarmsController } from './alarms.controller.js';
import { Alarms } from './alarms.js';

@Module({ controllers: [AlarmsController], providers: [Alarms] })
export class AlarmsModule {}
