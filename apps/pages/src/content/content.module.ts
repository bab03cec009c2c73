import { Module } from '@nestjs/common';
import { InlineCommentsModule } from '../inline-comments/inline-comments.module.js';
import { LabelsModule } from '../labels/labels.module.js';
import { PropertiesModule } from '../properties/properties.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';
import { RestrictionsModule } from '../restrictions/restrictions.module.js';
import { ChangesController } from './changes.controller.js';
import { ContentFinder } from './content-finder.js';
import { ContentPresenter } from './content-presenter.js';
import { ContentWriter } from './content-writer.js';
import { ContentController } from './content.controller.js';
import { ConversionController } from './conversion.controller.js';
import { IndexController } from './index-documents.controller.js';
import { ListExpander } from './list-expander.js';
import { WrittenContent } from './written-content.js';

@Module({
  imports: [InlineCommentsModule, LabelsModule, PropertiesModule, RenderingModule, RestrictionsModule],
  controllers: [ChangesController, ContentController, ConversionController, IndexController],
  providers: [ContentFinder, ContentPresenter, ContentWriter, ListExpander, WrittenContent],
  exports: [ContentPresenter, ContentWriter, WrittenContent],
})
export class ContentModule {}
