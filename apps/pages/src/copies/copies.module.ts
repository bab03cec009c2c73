import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { CopiesController } from './copies.controller.js';

@Module({ imports: [ContentModule], controllers: [CopiesController] })
export class CopiesModule {}
