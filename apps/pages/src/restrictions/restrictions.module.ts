import { Module } from '@nestjs/common';
import { RestrictionStore } from './restriction-store.js';
import { RestrictionsController } from './restrictions.controller.js';

@Module({ controllers: [RestrictionsController], providers: [RestrictionStore], exports: [RestrictionStore] })
export class RestrictionsModule {}
