import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { HierarchyController } from './hierarchy.controller.js';

@Module({ imports: [ContentModule], controllers: [HierarchyController] })
export class HierarchyModule {}
