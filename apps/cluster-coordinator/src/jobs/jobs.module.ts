import { Module } from '@nestjs/common';
import { AuditModule } from '../administration/audit.module.js';
import { JobsController } from './jobs.controller.js';

@Module({ imports: [AuditModule], controllers: [JobsController] })
export class JobsModule {}
