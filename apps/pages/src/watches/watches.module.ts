import { Module } from '@nestjs/common';
import { WatchesController } from './watches.controller.js';

@Module({ controllers: [WatchesController] })
export class WatchesModule {}
