import { Module } from '@nestjs/common';
import { ContentModule } from '../content/content.module.js';
import { SpaceExpander } from './space-expander.js';
import { SpaceWriter } from './space-writer.js';
import { SpacesController } from './spaces.controller.js';

@Module({ imports: [ContentModule], controllers: [SpacesController], providers: [SpaceExpander, SpaceWriter] })
export class SpacesModule {}
