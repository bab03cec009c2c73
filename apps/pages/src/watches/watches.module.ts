import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { WatchesController } from './watches.controller.js';

@Module({ imports: [ContentModule], controllers: [WatchesController] })
export class WatchesModule {}
