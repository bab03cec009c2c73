import { Module } from '@nestjs/common';
import { BodyPresenter } from './body-presenter.js';
import { RenderContexts } from './render-context.js';

@Module({ providers: [BodyPresenter, RenderContexts], exports: [BodyPresenter] })
export class RenderingModule {}
