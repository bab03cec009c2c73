import { Module } from '@nestjs/common';
import { DraftsController } from './drafts.controller.js';
import { EditingController } from './editing.controller.js';

@Module({ controllers: [DraftsController, EditingController] })
export class DraftsModule {}
