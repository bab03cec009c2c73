import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { LinksController } from './links.controller.js';

@Module({ imports: [ContentModule], controllers: [LinksController] })
export class LinksModule {}
