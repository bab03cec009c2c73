import { Module } from '@nestjs/common';
import { Audit } from './audit.js';

/** For whoever lets administrators change something. */
@Module({ providers: [Audit], exports: [Audit] })
export class AuditModule {}
