import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { VersionsController } from './versions.controller.js';

@Module({ imports: [ContentModule], controllers: [VersionsController] })
export class VersionsModule {}
