import { Module } from '@nestjs/common';
import { BodyPresenter } from './body-presenter.js';
import { MacrosController } from './macros.controller.js';
import { RenderContexts } from './render-context.js';

@Module({ controllers: [MacrosController], providers: [BodyPresenter, RenderContexts], exports: [BodyPresenter] })
export class RenderingModule {}
