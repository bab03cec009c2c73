import { Module } from '@nestjs/common';
import { LabelStore } from './label-store.js';
import { LabelsController } from './labels.controller.js';

@Module({ controllers: [LabelsController], providers: [LabelStore], exports: [LabelStore] })
export class LabelsModule {}
