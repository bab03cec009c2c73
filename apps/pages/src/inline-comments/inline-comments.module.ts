import { Module } from '@nestjs/common';
import { InlineCommentStore } from './inline-comment-store.js';
import { InlineCommentsController } from './inline-comments.controller.js';

@Module({ controllers: [InlineCommentsController], providers: [InlineCommentStore], exports: [InlineCommentStore] })
export class InlineCommentsModule {}
